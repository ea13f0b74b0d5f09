"""What is typed into a form survives being signed out in another tab, while it is typed and when it is sent."""

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from casework.plans.models import Goal
from slf.access.acting import acting_as
from slf.accounts.answers import TYPED_IS_KEPT
from slf.web.kept import IN_THE_FORM_AGAIN

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "We want mornings without shouting."


@pytest.fixture
def page(device, line, worker, jacksons):
    """Return the form of a goal, open at a person who signed in the ordinary way."""
    page = device().page()
    sign_in(page, f"{line.url}{reverse('casework:add_goal', args=[jacksons.uid])}")
    return page


def sign_in(page, address: str = "") -> None:
    if address:
        page.goto(address)
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password", exact=True).fill("a long enough password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Add a goal").wait_for()


def sign_out_elsewhere(page, line) -> None:
    other = page.context.new_page()
    other.goto(f"{line.url}{reverse('account_logout')}")
    other.get_by_role("main").get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/login/**")
    other.close()


def goals(worker) -> int:
    with acting_as(worker), transaction.atomic():
        return Goal.objects.count()


class TestAGoalTypedAfterSigningOutElsewhere:
    def test_is_in_the_form_again_after_signing_in(self, page, line, worker):
        sign_out_elsewhere(page, line)
        box = page.locator("textarea").first
        box.press_sequentially(WORDS, delay=30)
        expect(page.locator(".slf-idle__out")).to_be_visible()
        expect(box).to_have_value(WORDS)
        page.get_by_role("button", name="Save and say who will do what").click()
        expect(page.get_by_text(TYPED_IS_KEPT)).to_be_visible()
        sign_in(page)
        expect(page.get_by_text(IN_THE_FORM_AGAIN)).to_be_visible()
        expect(page.locator("textarea").first).to_have_value(WORDS)
        assert goals(worker) == 0

    def test_is_sent_to_be_kept_when_the_page_is_left(self, page, line, worker):
        page.locator("textarea").first.fill(WORDS)
        sign_out_elsewhere(page, line)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        sign_in(page)
        expect(page.locator("textarea").first).to_have_value(WORDS)
        assert goals(worker) == 0
