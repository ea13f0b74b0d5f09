"""A worker plans a visit, finds it on My day and records it filled in; at another nobody is met. A laptop, a phone."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from casework.diary.models import PlannedVisit
from slf.clock import today
from tests.browser.looking import LAPTOP, check

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def states() -> list[str]:
    with transaction.atomic():
        return list(PlannedVisit.objects.order_by("due_at").values_list("state", flat=True))


def plan(page, line, family, at: str) -> None:
    page.goto(f"{line.url}/casework/families/{family.uid}/visits/")
    page.get_by_role("button", name="Plan a visit").click()
    page.get_by_label("Home visit").check()
    page.get_by_label("Which day?").fill(today().isoformat())
    page.locator("[name=due_at]").fill(at)
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("Home visit planned for")).to_be_visible()


def test_a_visit_is_planned_and_recorded_from_my_day(device, line, jacksons, worker):
    laptop = device()
    laptop.sign_in(worker)
    page = laptop.page(LAPTOP)
    page.goto(f"{line.url}/casework/families/{jacksons.uid}/visits/plan/")
    check(page)
    page.get_by_role("button", name="Plan it").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page)
    plan(page, line, jacksons, "09:00")
    plan(page, line, jacksons, "19:30")
    check(page)
    page.goto(line.url)
    check(page)
    page.locator("form[action*='planned-visits'] button").first.click()
    page.locator("form[data-ready]").wait_for()
    expect(page.get_by_label("Home visit")).to_be_checked()
    check(page)
    page.get_by_label("Nobody was seen").check()
    page.get_by_label("What happened?").fill("We talked about the mornings.")
    page.get_by_role("button", name="Save visit").click()
    expect(page.get_by_text("Home visit saved")).to_be_visible()
    page.goto(line.url)
    page.get_by_role("link", name="The Jacksons").first.click()
    expect(page.get_by_text("Outside office hours")).to_be_visible()
    check(page)
    page.get_by_role("link", name="I met nobody").click()
    check(page)
    page.get_by_label("Nobody answered the door").check()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("It is noted that you met nobody")).to_be_visible()
    assert states() == ["done", "no_access"]
