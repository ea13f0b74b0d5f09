"""Step 8: a claim from prepared to paid, by five people, each on their own pages."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect

from performance.claims import services
from performance.claims.models import ClaimRun
from performance.claims.payments.models import ClaimEntry
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work import services as work
from tests.browser.looking import LAPTOP, check, press
from tests.performance.claims.factories import (
    CLAIM_ON,
    confirm_everything,
    family_with_a_result,
    files_that_cover_everything,
)
from tests.slf.accounts.recently import signed_in_recently

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(committed, post, everything):
    """One person for each step."""

    def make():
        office = {role: post(role) for role in (Role.DATA, Role.MANAGER, Role.AUDITOR, Role.HEAD, Role.SRO)}
        confirm_everything(by=office[Role.DATA], second=everything)
        return office

    return committed(make)


@pytest.fixture
def run(people, charnwood, everything):
    """A run of one family with a result, judged as the worker would."""
    family_with_a_result(by=everything)
    files_that_cover_everything(by=everything)
    with acting_as(people[Role.DATA]):
        run = services.prepare_run("P1", by=people[Role.DATA], claim_on=CLAIM_ON)
        work.run(run.job.uid)
    return run


@pytest.fixture
def screen(device, line, people):
    """Return ``screen(role) -> page`` of that person, signed in just now."""
    laptop = device()

    def make(role: Role):
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        signed_in_recently(client, people[role])
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": line.url}
        laptop.context.clear_cookies()
        laptop.context.add_cookies([cookie])
        return laptop.page(LAPTOP)

    return make


class TestAClaim:
    def test_goes_from_hand_to_hand_until_it_is_paid(self, screen, line, run):
        address = f"{line.url}{run.get_absolute_url()}"
        self.look_at_the_judgement(screen(Role.DATA), address)
        self.review(screen(Role.MANAGER), address)
        self.draw_test_and_pass(screen(Role.AUDITOR), address)
        self.sign_off(screen(Role.HEAD), address)
        self.sign(screen(Role.HEAD), address)
        self.certify(screen(Role.SRO), address)
        self.submit(screen(Role.DATA), address)
        remittance = self.enter_remittance(screen(Role.DATA), address)
        self.confirm_remittance(screen(Role.HEAD), remittance)
        self.reverse(screen(Role.DATA), address)
        with transaction.atomic():
            assert [entry.kind for entry in ClaimEntry.objects.order_by("pk")] == ["paid", "reversal"]
            assert ClaimRun.objects.get().state == "submitted"

    def review(self, page, address):
        page.goto(address)
        page.get_by_role("button", name="Review Charnwood").click()
        check(page)
        press(page, "Save your word")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        check(page)
        page.get_by_label("Yes, the work behind these claims was done").check()
        press(page, "Save your word")
        expect(page.get_by_text("You agreed with what is claimed.")).to_be_visible()
        check(page)

    def certify(self, page, address):
        page.goto(address)
        page.get_by_role("button", name="Certify this claim").click()
        check(page)
        page.get_by_label("I certify this claim").check()
        press(page, "Certify this claim")
        expect(page.get_by_text("The claim is certified.")).to_be_visible()
        with page.expect_download() as started:
            page.get_by_role("button", name="Submission file (CSV)").click()
        assert "SLF-" in started.value.path().read_text(encoding="utf-8-sig")

    def submit(self, page, address):
        page.goto(address)
        press(page, "It is submitted")
        expect(page.get_by_text("The claim is submitted.")).to_be_visible()
        check(page)

    def enter_remittance(self, page, address) -> str:
        page.goto(address)
        page.get_by_role("button", name="Enter a remittance").click()
        check(page)
        press(page, "Enter the remittance")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        check(page)
        page.get_by_label("Reference of the remittance").fill("DCLG 2014/118")
        for part, number in (("Day", "15"), ("Month", "10"), ("Year", "2014")):
            page.get_by_label(part, exact=True).fill(number)
        page.get_by_label("How much is it?").fill("1400")
        page.get_by_label("SLF-").check()
        press(page, "Enter the remittance")
        expect(page.get_by_text("the head of service confirms it")).to_be_visible()
        check(page)
        return page.url

    def confirm_remittance(self, page, address):
        page.goto(address)
        check(page)
        press(page, "Confirm this remittance")
        expect(page.get_by_text("The remittance is confirmed.")).to_be_visible()
        check(page)

    def reverse(self, page, address):
        page.goto(address)
        page.get_by_role("link", name="Claimed").first.click()
        check(page)
        page.locator("main table a").first.click()
        check(page)
        page.get_by_role("link", name="Reverse this entry").click()
        check(page)
        page.get_by_label("Why is this entry reversed?").fill("The department sent it twice")
        press(page, "Reverse this entry")
        expect(page.get_by_text("The entry is reversed.")).to_be_visible()
        check(page)

    def look_at_the_judgement(self, page, address):
        page.goto(address)
        check(page)
        page.get_by_role("link", name="What is claimed").or_(page.get_by_role("link", name="Claimed")).first.click()
        check(page)
        page.locator("main table a").first.click()
        expect(page.get_by_text("the same answer, to the letter")).to_be_visible()
        check(page)

    def draw_test_and_pass(self, page, address):
        page.goto(address)
        page.get_by_role("button", name="Draw the sample").click()
        check(page)
        press(page, "Draw the sample")
        expect(page.get_by_text("The sample is drawn.")).to_be_visible()
        check(page)
        page.get_by_role("link", name="Test SLF-").click()
        press(page, "Save and go on")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        check(page)
        for answer in page.get_by_label("Supported", exact=True).all():
            answer.check()
        press(page, "Save and go on")
        expect(page.get_by_text("is saved.")).to_be_visible()
        page.goto(address)
        page.get_by_role("button", name="Give your opinion").click()
        check(page)
        page.get_by_label("Full assurance").check()
        press(page, "Give this opinion")
        expect(page.get_by_text("The audit is closed with your opinion.")).to_be_visible()

    def sign_off(self, page, address):
        page.goto(address)
        page.get_by_role("link", name="Warnings, and who signed them off").click()
        press(page, "Sign off what is ticked")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        check(page)
        for warning in page.locator("form input[type=checkbox]").all():
            warning.check()
        page.get_by_label("Why may they stand?").fill("The visits are on paper, and were looked at.")
        press(page, "Sign off what is ticked")
        expect(page.get_by_text("Every warning is signed off.")).to_be_visible()
        check(page)

    def sign(self, page, address):
        page.goto(address)
        page.get_by_role("button", name="Sign this claim").click()
        check(page)
        press(page, "Sign this claim")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        page.get_by_label("I have looked at what is claimed").check()
        press(page, "Sign this claim")
        expect(page.get_by_text("The claim is signed.")).to_be_visible()
        check(page)
