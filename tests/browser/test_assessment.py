"""An assessment on a phone, and what a family signs and says of its plan: written, left, chosen, drawn, reviewed."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from casework.plan_reviews.models import PlanReview
from casework.plans.models import PlanAnswer
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.browser.looking import SMALLEST, TOO_WIDE, check
from tests.casework.assessments.factories import complete, said, started, whole
from tests.casework.plans.factories import agreed, draft, parents

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = "What goes well in your family?"


@pytest.fixture
def phone(device, worker):
    phone = device()
    phone.sign_in(worker)
    return phone


def fits_the_smallest(page) -> None:
    page.set_viewport_size({"width": SMALLEST, "height": 700})
    assert page.evaluate(TOO_WIDE) == []
    page.set_viewport_size({"width": 390, "height": 844})


class TestAnAssessment:
    def test_is_left_and_carried_on_chosen_between_two_writers_and_signed_off_by_another(
        self, phone, line, committed, worker, jacksons, post, charnwood
    ):
        senior = committed(lambda: post(Role.SENIOR, charnwood, username="sue"))
        it = committed(lambda: started(jacksons, worker))
        page = phone.page()
        page.goto(f"{line.url}{it.get_absolute_url()}")
        check(page)
        page.get_by_role("button", name=re.compile("Open ?: What goes well")).click()
        page.locator("form[data-ready]").wait_for()
        page.get_by_label(GOOD).press_sequentially("We cook on Sundays.")
        expect(page.locator('p[data-status="saved"]')).to_be_visible(timeout=15_000)
        check(page)
        fits_the_smallest(page)
        page.get_by_role("link", name="All parts").click()
        page.get_by_role("button", name=re.compile("Carry on ?: What goes well")).click()
        expect(page.get_by_label(GOOD)).to_have_value("We cook on Sundays.")
        page.locator("form[data-ready]").wait_for()
        committed(lambda: said(it, "strengths", senior, good="They look after each other."))
        page.get_by_role("button", name="Save and leave").click()
        expect(page.get_by_role("heading", name="Somebody else changed this too")).to_be_visible()
        expect(page.get_by_text("We cook on Sundays.")).to_be_visible()
        check(page)
        fits_the_smallest(page)
        page.get_by_label("Theirs:").check()
        page.get_by_role("button", name="Save what I chose").click()
        expect(page.get_by_text("They look after each other.")).to_be_visible()
        committed(lambda: complete(whole(it), worker))
        page.reload()
        page.get_by_role("button", name="Finish it").click()
        expect(page.get_by_text("It waits for a senior or manager.")).to_be_visible()
        phone.sign_in(senior)
        page.reload()
        check(page)
        page.get_by_role("button", name="Sign it off").click()
        expect(page.get_by_text("Signed off by")).to_be_visible()
        check(page)
        with acting_as(senior), transaction.atomic():
            assert whole(it).signed_by == senior


class TestAPlan:
    def test_is_signed_with_a_finger(self, phone, line, committed, worker, jacksons):
        plan = committed(lambda: draft(jacksons))
        page = phone.page()
        page.goto(f"{line.url}{reverse('casework:record_answer', args=[jacksons.uid])}")
        adult = committed(lambda: parents(jacksons)[0])
        page.get_by_label(str(adult), exact=True).check()
        page.get_by_role("group", name="What did they say?").get_by_role("radio").first.check()
        page.get_by_label("Signed on the screen").check()
        box = page.get_by_role("img", name="Box to sign in")
        box.scroll_into_view_if_needed()
        left = box.bounding_box()
        page.mouse.move(left["x"] + 20, left["y"] + 20)
        page.mouse.down()
        page.mouse.move(left["x"] + 120, left["y"] + 60, steps=5)
        page.mouse.up()
        check(page)
        fits_the_smallest(page)
        page.get_by_role("button", name="Record it").click()
        expect(page.get_by_text("What they said is recorded.")).to_be_visible()
        with acting_as(worker), transaction.atomic():
            answer = PlanAnswer.objects.get(plan=plan)
            assert (answer.how, answer.signature.count("M")) == ("drawn", 1)

    def test_is_looked_at_again_goal_by_goal(self, phone, line, committed, worker, jacksons):
        committed(lambda: agreed(jacksons, goals=2))
        page = phone.page()
        page.goto(f"{line.url}{reverse('casework:review_plan', args=[jacksons.uid])}")
        page.get_by_role("button", name="Keep the review").click()
        expect(page.get_by_text("Say how goal 1 went").first).to_be_visible()
        check(page)
        fits_the_smallest(page)
        for goal in page.get_by_role("group", name="Goal").all():
            goal.get_by_role("radio").first.check()
        page.get_by_label("What does the family say about the plan?").fill("Mum: mornings are calmer.")
        page.get_by_role("button", name="Keep the review").click()
        expect(page.get_by_text("Mum: mornings are calmer.")).to_be_visible()
        check(page)
        with acting_as(worker), transaction.atomic():
            assert PlanReview.objects.get().goals.count() == 2
