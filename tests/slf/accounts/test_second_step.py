import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from django.utils import timezone

from slf.accounts.sealing import unseal
from tests.slf.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def required(settings):
    settings.SLF_REQUIRE_MFA = True


@pytest.fixture
def app(amina):
    """Amina's app."""
    return TOTP.activate(amina, SECRET).instance


def code(secret: str = SECRET, *, step: int = 1) -> str:
    """Return the code that an app shows now (``step`` 0 and 2: half a minute before and after)."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[step]))


class TestSomebodyWithAnApp:
    def test_enters_its_code_after_the_password(self, app, browser, sign_in):
        assert sign_in(next="/page/").headers["Location"] == reverse("mfa_authenticate")
        assert browser.get("/page/").status_code == 302
        assert browser.get(reverse("mfa_authenticate")).status_code == 200
        assert browser.post(reverse("mfa_authenticate"), {"code": code()}).headers["Location"] == "/page/"
        assert browser.get("/page/").status_code == 200

    def test_cannot_use_a_code_twice(self, app, browser, sign_in):
        used = code()
        for _ in range(2):
            browser.post(reverse("account_logout"))
            sign_in()
            answer = browser.post(reverse("mfa_authenticate"), {"code": used})
        assert "That code is not right." in answer.content.decode()

    def test_is_refused_after_five_wrong_codes(self, app, browser, sign_in):
        sign_in()
        for _ in range(5):
            browser.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "Too many attempts" in browser.post(reverse("mfa_authenticate"), {"code": code()}).content.decode()

    def test_may_use_a_recovery_code_once(self, app, amina, browser, sign_in):
        spare = RecoveryCodes.activate(amina).get_unused_codes()[0]
        for reached in (200, 302):
            sign_in()
            browser.post(reverse("mfa_authenticate"), {"code": spare})
            assert browser.get("/page/").status_code == reached
            browser.post(reverse("account_logout"))

    def test_has_a_secret_that_the_database_alone_does_not_tell(self, app):
        kept = Authenticator.objects.get(pk=app.pk).data["secret"]
        assert SECRET not in kept
        assert unseal(kept) == SECRET


class TestSealing:
    def test_still_opens_after_the_key_was_changed(self, app, settings):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key"
        assert unseal(Authenticator.objects.get(pk=app.pk).data["secret"]) == SECRET


class TestWhereASecondStepIsRequired:
    def test_nobody_reaches_a_record_without(self, required, amina, browser, sign_in):
        sign_in()
        assert browser.get("/page/").headers["Location"] == "/accounts/second-step/set-up/?next=%2Fpage%2F"
        assert browser.get("/page/", headers={"HX-Request": "true"}).status_code == 403
        assert browser.get(reverse("account_me")).status_code == 302

    def test_the_app_is_set_up_and_the_page_reached(self, required, amina, browser, sign_in):
        sign_in()
        browser.get(reverse("account_second_factor"), {"next": "/page/"})
        page = browser.get(reverse("mfa_activate_totp")).content.decode()
        assert 'src="data:image/svg+xml;base64,' in page
        secret = re.search(r'<code class="slf-code">(\w+)</code>', page)[1]
        done = browser.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True).content.decode()
        assert done.count('<code class="slf-code">') == 10
        assert 'href="/page/"' in done
        assert browser.get("/page/").status_code == 200

    def test_the_only_one_cannot_be_removed(self, required, app, browser, sign_in):
        sign_in()
        browser.post(reverse("mfa_authenticate"), {"code": code()})
        answer = browser.post(reverse("mfa_deactivate_totp"))
        assert "This is your only second factor" in answer.content.decode()
        assert Authenticator.objects.filter(pk=app.pk).exists()

    def test_the_only_passkey_cannot_be_removed(self, required, amina, browser, sign_in, signed_in):
        key = Authenticator.objects.create(user=amina, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop"})
        answer = signed_in(amina).post(reverse("mfa_remove_webauthn", args=[key.pk]))
        assert answer.status_code == 409
        assert Authenticator.objects.filter(pk=key.pk).exists()


class TestWhereNoneIsRequired:
    def test_a_password_is_enough(self, amina, browser, sign_in):
        sign_in()
        assert browser.get("/page/").status_code == 200

    def test_an_app_may_be_removed(self, app, browser, sign_in):
        sign_in()
        browser.post(reverse("mfa_authenticate"), {"code": code()})
        browser.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.exists()


class TestPagesOfSecondSteps:
    @pytest.mark.parametrize(
        "name",
        ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "account_second_factor",
         "account_me", "account_roles", "account_change_password", "account_reauthenticate", "account_logout"],
    )  # fmt: skip
    def test_open(self, name, amina, browser, sign_in):
        sign_in()
        page = browser.get(reverse(name))
        assert page.status_code == 200
        assert page.content.decode().count("<h1") == 1

    @pytest.mark.parametrize(
        "name",
        ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate",
         "mfa_download_recovery_codes"],
    )  # fmt: skip
    def test_open_for_somebody_with_an_app(self, name, app, amina, browser, sign_in):
        RecoveryCodes.activate(amina)
        sign_in()
        browser.post(reverse("mfa_authenticate"), {"code": code()})
        assert browser.get(reverse(name)).status_code == 200

    def test_ask_again_when_the_sign_in_was_a_while_ago(self, app, amina, browser, sign_in, time_machine):
        sign_in()
        browser.post(reverse("mfa_authenticate"), {"code": code()})
        time_machine.move_to(timezone.now() + timedelta(seconds=301), tick=True)
        asked = browser.get(reverse("mfa_deactivate_totp"))
        assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
        back = browser.post(asked.headers["Location"], {"password": PASSWORD})
        assert back.headers["Location"] == reverse("mfa_deactivate_totp")
