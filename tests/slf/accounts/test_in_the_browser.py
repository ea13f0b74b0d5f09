"""What only a browser can show: the warning before signing out, and the passkeys of a device."""

import time

import pytest
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Page, expect

from slf.accounts.models import User
from tests.browser.looking import TOO_WIDE, barriers
from tests.slf.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGES = [
    "account_me", "account_roles", "account_change_password", "account_logout", "account_reauthenticate",
    "account_second_factor", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
]  # fmt: skip


@pytest.fixture
def amina(transactional_db):
    return User.objects.create_user("amina", password=PASSWORD, first_name="Amina", last_name="Patel")


@pytest.fixture
def page(chromium, probes, live_server):
    """A page whose console stays silent: a script or style that the security policy stops is a failure."""
    context = chromium.new_context(base_url=live_server.url)
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda said: complaints.append(f"{said.text} {said.location['url']}") if is_wrong(said) else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def is_wrong(said: ConsoleMessage) -> bool:
    """Tell a complaint from what belongs here: the answer "signed out", and a probe page that has no icon."""
    expected = "401" in said.text or said.location["url"].endswith("/favicon.ico")
    return said.type == "error" and not expected


@pytest.fixture
def device(page):
    """A device with a fingerprint reader that always knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_in(page: Page, *, to: str = "/accounts/password/change/") -> None:
    page.goto(f"{reverse('account_login')}?next={to}")
    page.get_by_label("User name").fill("amina")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{to}")


class TestTheWarning:
    @pytest.fixture(autouse=True)
    def _short(self, settings):
        settings.IDLE_MINUTES = 6 / 60

    def test_comes_before_signing_out_and_one_press_keeps_the_page(self, amina, page):
        sign_in(page)
        warning = page.get_by_role("dialog", name="You will be signed out soon")
        expect(warning).to_be_visible(timeout=5_000)
        expect(warning.get_by_role("strong")).to_contain_text("seconds")
        warning.get_by_role("button", name="Stay signed in").click()
        expect(warning).to_be_hidden()
        time.sleep(2)
        page.goto("/page/")
        assert page.get_by_text("Page of amina").is_visible()

    def test_can_be_answered_with_the_keyboard(self, amina, page):
        sign_in(page)
        warning = page.get_by_role("dialog")
        expect(warning).to_be_visible(timeout=5_000)
        expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
        page.keyboard.press("Escape")
        expect(warning).to_be_hidden()

    def test_leads_to_the_sign_in_page_and_back_when_nobody_answers(self, amina, page):
        sign_in(page)
        page.wait_for_url("**/accounts/login/?next=%2Faccounts%2Fpassword%2Fchange%2F", timeout=12_000)
        sign_in(page)
        assert page.get_by_role("heading", name="Change your password").is_visible()

    def test_stays_away_while_somebody_types(self, amina, page):
        sign_in(page)
        for _ in range(16):
            page.get_by_label("Current password").press_sequentially("ab", delay=250)
        assert not page.get_by_role("dialog").is_visible()
        assert page.get_by_role("heading", name="Change your password").is_visible()

    def test_tells_the_drafts_before_the_page_is_left(self, amina, page):
        sign_in(page)
        page.evaluate(
            """document.addEventListener("slf:signed-out", ({ detail }) => detail.wait(
                 new Promise((sealed) => setTimeout(() => { localStorage.sealed = "yes"; sealed(); }, 300))))"""
        )
        page.wait_for_url("**/accounts/login/**", timeout=12_000)
        assert page.evaluate("localStorage.sealed") == "yes"


class TestAPasskey:
    def test_is_added_and_opens_the_door_without_a_password(self, amina, device, page):
        sign_in(page, to="/accounts/passkeys/add/")
        page.get_by_label("Name of this passkey").fill("Work phone")
        page.get_by_role("button", name="Add the passkey").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        page.context.clear_cookies()
        page.goto(f"{reverse('account_login')}?next=/page/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_text("Page of amina")).to_be_visible()

    def test_is_the_second_step_after_a_password(self, amina, device, page):
        sign_in(page, to="/accounts/passkeys/add/")
        page.get_by_label("Sign in with this passkey alone").uncheck()
        page.get_by_role("button", name="Add the passkey").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        page.context.clear_cookies()
        page.goto(f"{reverse('account_login')}?next=/page/")
        page.get_by_label("User name").fill("amina")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_text("Page of amina")).to_be_visible()

    def test_proves_it_again(self, amina, device, page):
        sign_in(page, to="/accounts/passkeys/add/")
        page.get_by_role("button", name="Add the passkey").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        page.goto(f"{reverse('mfa_reauthenticate_webauthn')}?next=/sign-off/")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_text("GET")).to_be_visible()

    def test_that_the_device_does_not_give_is_explained(self, amina, page):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {"protocol": "u2f", "transport": "usb"}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.goto(reverse("account_login"))
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert").filter(has_text="Try again")).to_be_visible(timeout=10_000)


def faults(page: Page, name: str) -> list[str]:
    """Return what axe finds on the page at desk width and on the smallest phone, and what sticks out of it."""
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{name} at {width}: {barrier}" for barrier in [*barriers(page), *page.evaluate(TOO_WIDE)]]
    return found


class TestEveryPage:
    def test_is_accessible_and_fits_a_small_phone(self, amina, page):
        page.goto(reverse("account_login"))
        found = faults(page, "sign in")
        page.get_by_role("button", name="Sign in", exact=True).click()
        found += faults(page, "sign in gone wrong")
        sign_in(page)
        page.get_by_role("button", name="Change password").click()
        found += faults(page, "password gone wrong")
        for name in PAGES:
            page.goto(reverse(name))
            found += faults(page, name)
        page.goto(reverse("account_me"))
        page.evaluate("document.getElementById('idle').showModal()")
        assert found + faults(page, "the warning") == []
