"""The family agrees to a plan, and it gets done."""

from datetime import date

import pytest

from casework.plans.models import Action, PlanAnswer
from casework.plans.rules import Said
from casework.plans.services import (
    add_goal,
    change_goal,
    finish_action,
    last_words,
    missing_from,
    start_plan,
)
from slf.web.errors import Conflict, Incomplete, NotAllowed
from tests.casework.plans.factories import AGREED, STARTED, agreed, draft, parents
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
TODAY = date(2014, 10, 15)


@pytest.fixture
def family():
    return FamilyFactory(household=True)


class TestAgreeing:
    def test_by_one_parent_makes_it_the_familys_plan(self, family, says):
        plan = draft(family)
        says(plan, parents(family)[0])
        plan.refresh_from_db()
        assert (plan.state, plan.agreed_on, plan.agreement_rule) == ("agreed", AGREED, "one_parent_at_home")

    @pytest.mark.parametrize("part", ["adult", "away"])
    def test_by_another_adult_alone_does_not(self, family, says, part):
        plan, other = draft(family), MembershipFactory(family=family, part=part).person
        says(plan, other)
        plan.refresh_from_db()
        assert plan.state == "draft"

    def test_is_not_stopped_by_a_refusal_which_is_kept(self, family, says):
        plan, (mum, dad) = draft(family), parents(family)
        says(plan, dad, Said.REFUSED, reason="Too much at once")
        says(plan, mum)
        plan.refresh_from_db()
        words = last_words(plan.answers.all(), revision=plan.revision)
        assert plan.state == "agreed"
        assert words[dad.pk].reason == "Too much at once"

    def test_twice_is_once(self, family, says):
        plan, mum = draft(family), parents(family)[0]
        assert says(plan, mum) == says(plan, mum)
        assert PlanAnswer.objects.count() == 1

    def test_is_heard_after_a_refusal(self, family, says):
        plan, mum = draft(family), parents(family)[0]
        says(plan, mum, Said.REFUSED, reason="Not yet")
        says(plan, mum)
        plan.refresh_from_db()
        assert plan.state == "agreed"

    def test_to_words_that_changed_meanwhile_is_refused(self, family, everything, says):
        plan, mum = draft(family), parents(family)[0]
        read = plan.revision
        add_goal(plan, words="Slipped in", needs=[], by=everything)
        with pytest.raises(Conflict, match="changed after you opened it"):
            says(plan, mum, revision=read)

    def test_to_earlier_words_lapses_when_the_plan_changes(self, family, everything, says):
        plan, gran = draft(family), MembershipFactory(family=family, part="adult").person
        says(plan, gran)
        change_goal(plan.goals.first(), words="Other", needs=[], revision=plan.revision, by=everything)
        plan.refresh_from_db()
        assert last_words(plan.answers.all(), revision=plan.revision) == {}

    def test_by_a_child_or_a_stranger_is_refused(self, family, says):
        plan = draft(family)
        child = family.memberships.filter(part="child").first().person
        for person in (child, MembershipFactory().person):
            with pytest.raises(NotAllowed, match="Only an adult who was in the family"):
                says(plan, person)

    def test_before_the_plan_was_started_is_refused(self, family, says):
        with pytest.raises(NotAllowed, match="before the day it was started"):
            says(draft(family), parents(family)[0], on=date(2014, 3, 9))

    def test_lists_what_is_missing_first(self, family, everything, says):
        plan = start_plan(family, by=everything, on=STARTED)
        with pytest.raises(Incomplete):
            says(plan, parents(family)[0])
        assert [what for what, _ in missing_from(plan)] == ["Add at least one goal"]
        goal = add_goal(plan, words="Be on time", needs=[], by=everything)
        assert missing_from(plan) == [
            ("Say who will do what for the goal “Be on time”", f"/casework/goals/{goal.uid}/actions/new/")
        ]


class TestTheNextStep:
    def test_is_the_most_urgent_open_action_of_the_agreed_plan(self, family, everything):
        agreed(family)
        start_plan(family, by=everything, on=TODAY)
        step = Action.objects.next_step(family)
        assert step.what == "Visit before school 0"
        finish_action(step, on=TODAY, by=everything)
        assert Action.objects.next_step(family).what == "Visit before school 1"

    def test_of_a_family_without_an_agreed_plan_is_nothing(self, family):
        draft(family)
        assert Action.objects.next_step(family) is None

    def test_of_many_families_takes_one_query(self, django_assert_num_queries):
        families = [agreed(FamilyFactory(household=True), goals=1).family_id for _ in range(3)]
        with django_assert_num_queries(1):
            steps = Action.objects.next_steps(families)
        assert set(steps) == set(families)
