"""What is never in the copy of another person: what somebody said alone, and what rests on what is kept from them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.plan_reviews.services import Said, record_review
from casework.plans.models import GoalNeed
from families.needs.models import Need
from tests.casework.closing.factories import TODAY
from tests.casework.copies.factories import asked, read
from tests.casework.interventions.factories import begun, held
from tests.casework.own_page.factories import SAFE, with_plan
from tests.casework.own_page.factories import asked as page_asked
from tests.casework.provenance.factories import entries as made
from tests.casework.provenance.factories import marked
from tests.casework.safeguarding.factories import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(worker):
    return with_plan(worker)


def test_that_a_page_of_their_own_is_not_safe(family, worker, senior, people):
    page_asked(family, worker, person=people[0], screen=replace(SAFE, could_be_harmed=True))
    reading = read(asked(family, people[1], worker), senior)
    assert "not safe" not in str(reading.content)
    assert not [entry for entry in (*reading.shown, *reading.left_out) if "own page" in entry.title.lower()]


def test_the_needs_of_another_adult(family, worker, senior, people):
    with acting(worker):
        Need.objects.create(
            family=family, kind="domestic_violence", person=people[0], started_on=TODAY, source="Police"
        )  # fmt: skip
    reading = read(asked(family, people[1], worker), senior)
    assert not [entry for entry in (*reading.shown, *reading.left_out) if "violence" in entry.title]
    own = read(asked(family, people[0], worker), senior)
    assert [entry for entry in own.shown if "violence" in entry.title]


def test_a_session_of_a_visit_that_is_kept_from_them(family, worker, senior, people):
    visit = made(family, worker)["visit"]
    held(begun(family, worker), worker, visit=visit)
    copy = asked(family, people[1], worker)
    assert "Practised praising." in str(read(copy, senior).content)
    marked("visit", visit, worker, kept_from=frozenset({people[1].pk}))
    reading = read(copy, senior)
    assert "Practised praising." not in str(reading.content)
    assert "Practised praising." in {entry.text for entry in reading.left_out}


def test_how_a_goal_went_that_answers_a_need_kept_from_them(family, worker, senior, people):
    plan = family.plans.get()
    goals = {goal.pk: Said("better", "Nobody shouts.") for goal in plan.goals.all()}
    with acting(worker):
        record_review(plan, held_on=TODAY, family_says="We are calmer.", goals=goals,
                      next_on=TODAY + timedelta(60), by=worker, on=TODAY)  # fmt: skip
    copy = asked(family, people[1], worker)
    assert "We are calmer." in str(read(copy, senior).content)
    need = GoalNeed.objects.filter(family=family).first().need
    marked("need", need, worker, kept_from=frozenset({people[1].pk}))
    reading = read(copy, senior)
    assert "We are calmer." not in str(reading.content)
    assert "Plan reviewed" in {entry.title for entry in reading.left_out}
