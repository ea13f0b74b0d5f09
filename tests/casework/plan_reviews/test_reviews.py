"""A plan is looked at again: when it is due, what is said of each goal, and what nobody may write."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from casework.plan_reviews.models import PlanReview
from casework.plan_reviews.rules import WrongReview, due_on
from casework.plan_reviews.services import Said, record_review
from slf.web.errors import Conflict, NotAllowed
from tests.casework.closing.factories import TODAY
from tests.casework.plans.factories import AGREED, draft
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

NEXT = TODAY + timedelta(days=60)


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def reviewed(plan, worker):
    """Return ``reviewed(**other)``: record a review of every goal."""

    def record(by=None, **other):
        goals = {goal.pk: Said("better", "We get up.") for goal in plan.goals.all()}
        told = {"held_on": TODAY, "family_says": "Calmer.", "next_on": NEXT, "goals": goals}
        with in_the_name_of(by or worker):
            return record_review(plan, **told | other, by=by or worker, on=TODAY)

    return record


class TestWhenItIsDue:
    def test_is_so_many_days_after_it_was_agreed_until_a_review_said_another_day(self):
        assert due_on(AGREED, None, every=84) == AGREED + timedelta(days=84)
        assert due_on(AGREED, NEXT, every=84) == NEXT


@pytest.mark.django_db
class TestAReview:
    def test_is_asked_for_on_my_day_and_on_the_plan(self, family, worker, signed_in):
        mine = signed_in(worker)
        day = text(mine.get("/"))
        assert "Plans to review" in day
        assert "Review of the plan due 4 June 2014" in day
        assert "Due 4 June 2014" in text(mine.get(reverse("casework:plan", args=[family.uid])))

    def test_says_how_each_goal_went_and_when_the_next_is(self, family, plan, worker, signed_in):
        mine, address = signed_in(worker), reverse("casework:review_plan", args=[family.uid])
        assert "We want mornings without shouting 1" in text(mine.get(address))
        days = {"held_on_day": 15, "held_on_month": 10, "held_on_year": 2014}
        following = {"next_on_day": 14, "next_on_month": 12, "next_on_year": 2014}
        went = {f"went_{goal.uid}": "reached" for goal in plan.goals.all()}
        sent = {**days, **following, **went, "family_says": "“We did it”, says Wayne."}
        refused = mine.post(address, sent | {f"went_{plan.goals.first().uid}": ""})
        assert refused.status_code == 400
        assert "Say how goal 1 went" in text(refused)
        assert "“We did it”, says Wayne.</textarea>" in refused.content.decode()
        done = text(mine.post(address, sent, follow=True))
        assert "The next one is on 14 December 2014." in done
        assert "We are there" in done
        assert "Plans to review" not in text(mine.get("/"))
        story = text(mine.get(reverse("casework:chronology", args=[family.uid])))
        assert "Plan reviewed" in story

    def test_twice_the_same_is_once_and_another_of_that_day_is_told(self, reviewed):
        assert reviewed() == reviewed()
        with pytest.raises(Conflict, match="reviewed on 15 October 2014 already"):
            reviewed(family_says="Something else.")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"held_on": TODAY + timedelta(days=1), "next_on": NEXT},
            {"held_on": AGREED - timedelta(days=1)},
            {"next_on": TODAY},
            {"next_on": TODAY + timedelta(days=400)},
            {"family_says": "  "},
            {"goals": {}},
        ],
    )
    def test_is_refused_when_something_of_it_cannot_be(self, reviewed, wrong):
        with pytest.raises(WrongReview):
            reviewed(**wrong)

    def test_is_of_a_plan_that_was_agreed(self, everything):
        waiting = draft(FamilyFactory(household=True), goals=1)
        with pytest.raises(NotAllowed):
            record_review(waiting, held_on=TODAY, family_says="?", next_on=NEXT, goals={}, by=everything, on=TODAY)


@pytest.mark.django_db
class TestTheDatabase:
    def test_keeps_a_review_as_it_was_said(self, reviewed, worker):
        review = reviewed()
        with pytest.raises(ProgrammingError, match="permission denied"), in_the_name_of(worker), transaction.atomic():
            PlanReview.objects.filter(pk=review.pk).update(family_says="Something else")

    def test_takes_no_goal_of_another_plan(self, reviewed, worker, everything):
        review = reviewed()
        other = draft(FamilyFactory(household=True), goals=1).goals.get()
        with pytest.raises(IntegrityError, match="goals of its plan"), transaction.atomic():
            review.goals.create(family=review.family, goal=other, went="same")
