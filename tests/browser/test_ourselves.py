"""A family refers itself from a telephone, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from referrals.intake.models import Referral
from tests.browser.looking import LAPTOP, PHONE, check

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def go_on(page: Page, look) -> None:
    look(page)
    page.click("main button:has-text('Continue')")


def ask_for_help(page: Page, url: str, look) -> str:
    """Fill in every page and send it; return the reference."""
    page.goto(f"{url}/help/")
    look(page)
    page.click("text=Start now")
    page.check("[name=in_danger][value=yes]")
    go_on(page, look)
    expect(page.locator("h1")).to_have_text("Stop, and ring now")
    look(page)
    page.click("text=go back and say that nobody is in danger now")
    page.check("[name=in_danger][value=no]")
    go_on(page, look)
    page.fill("[name=given_names]", "Donna")
    page.fill("[name=family_name]", "Tansley")
    page.fill("[name=age]", "30")
    page.check("[name=part][value=parent]")
    go_on(page, look)
    page.fill("[name=phone]", "01509 496044")
    page.check("[name=may_ring][value=yes]")
    page.check("[name=may_text][value=no]")
    page.check("[name=may_leave_message][value=no]")
    go_on(page, look)
    page.fill("[name=form-0-given_names]", "Kyle")
    page.fill("[name=form-0-age]", "8")
    page.select_option("[name=form-0-part]", "child")
    page.click("text=Add another person")
    expect(page.locator("[name=form-1-given_names]")).to_be_visible()
    go_on(page, look)
    page.fill("[name=postcode]", "LE11 2AB")
    go_on(page, look)
    page.check("[name=needs][value=poverty]")
    page.fill("[name=words]", "The rent eats everything.")
    go_on(page, look)
    page.check("[name=agrees]")
    go_on(page, look)
    expect(page.locator("main")).to_contain_text("The rent eats everything.")
    expect(page.locator("[name=website]")).not_to_be_in_viewport()
    look(page)
    page.click("text=Send this")
    expect(page.locator("h1")).to_have_text("Sent")
    look(page)
    return page.locator(".govuk-panel strong").inner_text()


class TestAFamily:
    @pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["on a telephone", "on a laptop"])
    def test_asks_for_help_and_leaves_nothing_behind(self, device, line, committed, size):
        one = device()
        page = one.page(size)
        reference = ask_for_help(page, line.url, check)
        assert reference == committed(lambda: Referral.objects.get(own__isnull=False).reference)
        page.reload()
        expect(page.locator("h1")).to_have_text("Ask for help for your family")
        page.go_back()
        assert "Tansley" not in page.content()
        assert all(cookie["expires"] == -1 for cookie in one.context.cookies())
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    def test_asks_for_help_without_javascript(self, chromium, line, everything):
        context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
        page = context.new_page()
        assert ask_for_help(page, line.url, lambda page: None).startswith("R-")
        page.goto(f"{line.url}/help/")
        leaves = page.locator(".govuk-exit-this-page a")
        expect(leaves).to_be_visible()
        assert leaves.get_attribute("href") == "/help/leave/"
        context.close()
