"""Two people at the same plan in the same second, on two connections."""

import pytest
from django.db import IntegrityError, transaction

from casework.plans.models import Action, Goal, Plan, PlanAnswer
from casework.plans.rules import How, Said
from casework.plans.services import change_goal, finish_action, record_answer, start_plan
from slf.web.errors import Conflict
from tests.at_once import meanwhile
from tests.casework.plans.factories import AGREED, STARTED, agreed, draft, parents
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("everything")]


@pytest.fixture
def family():
    with transaction.atomic():
        return FamilyFactory(household=True)


@pytest.fixture
def plan(family):
    with transaction.atomic():
        return draft(family)


def agree(plan, person, by):
    return record_answer(
        plan, person=person, said=Said.AGREED, how=How.PAPER, said_on=AGREED, revision=plan.revision, by=by
    )


class TestWhileAParentAgrees:
    def test_nobody_slips_a_goal_in_even_past_the_service(self, family, plan, everything):
        def slip_in():
            return Goal.objects.create(family=family, plan=plan, words="Slipped in")

        with transaction.atomic():
            person = parents(family)[0]
        with meanwhile(slip_in, everything) as (outcome, other):
            agree(plan, person, everything)
            other.start()
        assert isinstance(outcome[0], IntegrityError)
        with transaction.atomic():
            assert Goal.objects.count() == 2

    def test_the_other_parent_is_heard_too_and_it_is_agreed_once(self, family, plan, everything):
        with transaction.atomic():
            mum, dad = parents(family)
        with meanwhile(lambda: agree(plan, dad, everything), everything) as (outcome, other):
            agree(plan, mum, everything)
            other.start()
        assert isinstance(outcome[0], PlanAnswer)
        with transaction.atomic():
            assert list(Plan.objects.values_list("state", flat=True)) == ["agreed"]
            assert PlanAnswer.objects.count() == 2


class TestTwoWriters:
    def test_of_one_goal_are_told_apart(self, plan, everything):
        with transaction.atomic():
            goal = plan.goals.select_related("plan").first()

        def change(words):
            return change_goal(goal, words=words, needs=[], revision=plan.revision, by=everything)

        with meanwhile(lambda: change("Second"), everything) as (outcome, other):
            change("First")
            other.start()
        assert isinstance(outcome[0], Conflict)
        with transaction.atomic():
            assert Goal.objects.get(pk=goal.pk).words == "First"

    def test_who_start_a_new_version_get_the_same_one(self, family, everything):
        with transaction.atomic():
            agreed(family)
        with meanwhile(lambda: start_plan(family, by=everything, on=STARTED), everything) as (outcome, other):
            first = start_plan(family, by=everything, on=STARTED)
            other.start()
        assert outcome == [first]


class TestAnActionDoneWhileANewVersionIsMade:
    @pytest.fixture
    def action(self, family):
        with transaction.atomic():
            return agreed(family).goals.first().actions.first()

    def states(self, action):
        with transaction.atomic():
            return list(Action.objects.filter(thread=action.thread).values_list("state", flat=True))

    def test_is_done_in_the_version_that_was_being_made(self, family, action, everything):
        with meanwhile(lambda: finish_action(action, on=STARTED, by=everything), everything) as (_, other):
            start_plan(family, by=everything, on=STARTED)
            other.start()
        assert self.states(action) == ["done", "done"]

    def test_is_taken_over_as_done(self, family, action, everything):
        with meanwhile(lambda: start_plan(family, by=everything, on=STARTED), everything) as (_, other):
            finish_action(action, on=STARTED, by=everything)
            other.start()
        assert self.states(action) == ["done", "done"]


class TestAVersionStartedWhileAParentAgrees:
    def test_goes_on_from_what_they_agreed_to(self, family, plan, everything):
        with transaction.atomic():
            person = parents(family)[0]
        with meanwhile(lambda: start_plan(family, by=everything, on=STARTED), everything) as (outcome, other):
            agree(plan, person, everything)
            other.start()
        with transaction.atomic():
            assert (outcome[0].number, outcome[0].goals.count()) == (2, 2)
            assert list(Plan.objects.in_force()) == [plan]
