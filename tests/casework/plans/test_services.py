"""Writing a plan: its versions, its draft, and throwing that away."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casework.plans.models import Action, Plan
from casework.plans.rules import How, Said
from casework.plans.services import (
    add_action,
    add_goal,
    change_action,
    change_goal,
    finish_action,
    record_answer,
    remove_action,
    remove_goal,
    reopen_action,
    start_plan,
    throw_away_plan,
)
from slf.web.errors import Conflict, NotAllowed
from tests.casework.plans.factories import AGREED, STARTED, agreed, draft, need, parents, said
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
TODAY = date(2014, 10, 15)


@pytest.fixture
def family():
    return FamilyFactory(household=True)


class TestStartingAPlan:
    def test_makes_the_first_version_as_a_draft(self, family, everything):
        plan = start_plan(family, by=everything, on=STARTED)
        assert (plan.number, plan.state, plan.started_on, plan.started_by) == (1, "draft", STARTED, everything)

    def test_twice_gives_the_same_draft(self, family, everything):
        assert start_plan(family, by=everything, on=STARTED) == start_plan(family, by=everything, on=TODAY)

    def test_from_an_agreed_plan_carries_on_its_goals_ties_and_actions(self, family, everything):
        old = agreed(family)
        finish_action(old.goals.first().actions.first(), on=TODAY, by=everything)
        new = start_plan(family, by=everything, on=TODAY)
        assert (new.number, new.state) == (2, "draft")
        assert said(new) == said(old)

    def test_leaves_the_agreed_one_in_force(self, family, everything):
        old = agreed(family)
        start_plan(family, by=everything, on=TODAY)
        assert list(Plan.objects.in_force()) == [old]


class TestWritingADraft:
    def test_adds_goals_tied_to_needs(self, family, everything):
        plan, school = start_plan(family, by=everything, on=STARTED), need(family)
        goal = add_goal(plan, words="We want Jo to like school", needs=[school], by=everything)
        assert (list(plan.goals.all()), list(goal.needs.all())) == ([goal], [school])

    def test_adds_actions_of_members_workers_and_services(self, family):
        owners = [action.owner for action in draft(family).goals.first().actions.all()]
        assert set(map(type, owners)) == {type(parents(family)[0]), type(owners[0]), str}

    def test_counts_its_revisions(self, family, everything):
        plan = start_plan(family, by=everything, on=STARTED)
        before = plan.revision
        add_goal(plan, words="One", needs=[], by=everything)
        plan.refresh_from_db()
        assert plan.revision == before + 1

    def test_changes_and_removes(self, family, everything):
        plan = draft(family)
        first, second = plan.goals.all()
        change_goal(first, words="Other words", needs=[need(family, "housing")], revision=plan.revision, by=everything)
        plan.refresh_from_db()
        action = first.actions.first()
        change_action(
            action, what="Ring", owner="The clinic", due_on=TODAY, revision=plan.revision, by=everything
        )  # fmt: skip
        plan.refresh_from_db()
        remove_action(first.actions.last(), revision=plan.revision, by=everything)
        plan.refresh_from_db()
        remove_goal(second, revision=plan.revision, by=everything)
        assert [(g.words, [n.kind for n in g.needs.all()]) for g in plan.goals.all()] == [("Other words", ["housing"])]
        assert sorted(a.what for a in Action.objects.all()) == ["Get up at seven 0", "Ring"]

    def test_tells_the_second_of_two_who_change_it_at_once(self, family, everything):
        plan = draft(family)
        goal, seen_by_both = plan.goals.first(), plan.revision
        change_goal(goal, words="First words", needs=[], revision=seen_by_both, by=everything)
        with pytest.raises(Conflict, match="Somebody else changed this plan"):
            change_goal(goal, words="Second words", needs=[], revision=seen_by_both, by=everything)
        goal.refresh_from_db()
        assert goal.words == "First words"

    def test_lets_two_add_at_once(self, family, everything):
        plan = start_plan(family, by=everything, on=STARTED)
        add_goal(plan, words="Mine", needs=[], by=everything)
        add_goal(plan, words="Yours", needs=[], by=everything)
        assert plan.goals.count() == 2


class TestAnAgreedPlan:
    def test_is_refused_new_words(self, family, everything):
        plan = agreed(family)
        goal = plan.goals.first()
        action = goal.actions.first()
        verbs = [
            lambda: add_goal(plan, words="More", needs=[], by=everything),
            lambda: change_goal(goal, words="Other", needs=[], revision=plan.revision, by=everything),
            lambda: remove_goal(goal, revision=plan.revision, by=everything),
            lambda: add_action(goal, what="More", owner="GP", due_on=TODAY, by=everything),
            lambda: change_action(
                action, what="Other", owner="GP", due_on=TODAY, revision=plan.revision, by=everything
            ),
            lambda: remove_action(action, revision=plan.revision, by=everything),
        ]
        before = said(plan)
        for verb in verbs:
            with pytest.raises(NotAllowed, match="The family has agreed to this version"):
                verb()
        assert said(plan) == before

    def test_lets_its_actions_be_done_and_undone(self, family, everything):
        action = agreed(family).goals.first().actions.first()
        done = finish_action(action, on=TODAY, by=everything)
        assert (done.state, done.done_on, done.done_by) == ("done", TODAY, everything)
        assert reopen_action(done, by=everything).done_on is None

    def test_refuses_to_finish_an_action_twice(self, family, everything):
        action = agreed(family).goals.first().actions.first()
        finish_action(action, on=TODAY, by=everything)
        with pytest.raises(NotAllowed, match="already marked as done"):
            finish_action(action, on=TODAY, by=everything)

    def test_shares_progress_with_the_draft_that_carries_it_on(self, family, everything):
        action = agreed(family).goals.first().actions.first()
        start_plan(family, by=everything, on=TODAY)
        finish_action(action, on=TODAY, by=everything)
        assert set(Action.objects.filter(thread=action.thread).values_list("state", flat=True)) == {"done"}

    def test_is_replaced_by_the_next_that_is_agreed(self, family, everything, says):
        old = agreed(family)
        new = start_plan(family, by=everything, on=TODAY)
        says(new, parents(family)[1], on=TODAY)
        old.refresh_from_db()
        assert (old.state, list(Plan.objects.in_force())) == ("replaced", [new])

    def test_once_replaced_takes_no_answer_and_no_progress(self, family, everything, says):
        old = agreed(family)
        action = old.goals.first().actions.first()
        new = start_plan(family, by=everything, on=TODAY)
        remove_action(new.goals.first().actions.get(thread=action.thread), revision=new.revision, by=everything)
        new.refresh_from_db()
        says(new, parents(family)[1], on=TODAY)
        with pytest.raises(NotAllowed, match="A later version"):
            finish_action(action, on=TODAY, by=everything)
        with pytest.raises(NotAllowed, match="A later version"):
            says(old, parents(family)[1], on=TODAY)


class TestThrowingADraftAway:
    @pytest.fixture
    def thrown(self, family, everything):
        plan = draft(family)
        throw_away_plan(plan, revision=plan.revision, by=everything)
        plan.refresh_from_db()
        return plan

    def test_takes_it_out_of_hand_and_keeps_what_it_said(self, family, thrown):
        assert (thrown.state, thrown.goals.count()) == ("dropped", 2)
        assert Plan.objects.to_work_on(family) is None
        assert Plan.pgh_event_model.objects.filter(pgh_obj=thrown, state="dropped").count() == 1

    def test_leaves_what_was_agreed_before_in_force(self, family, everything):
        before = agreed(family)
        plan = start_plan(family, by=everything, on=STARTED)
        throw_away_plan(plan, revision=plan.revision, by=everything)
        assert Plan.objects.to_work_on(family) == before
        again = start_plan(family, by=everything, on=STARTED)
        assert (again.number, again.goals.count()) == (3, 2)

    def test_lets_a_new_plan_begin_with_nothing_of_it(self, family, thrown, everything):
        again = start_plan(family, by=everything, on=STARTED)
        assert (again.number, again.goals.count()) == (2, 0)

    def test_as_it_was_read_before_a_change_is_refused(self, family, everything):
        plan = draft(family)
        with pytest.raises(Conflict):
            throw_away_plan(plan, revision=plan.revision - 1, by=everything)

    def test_is_refused_of_an_agreed_plan(self, family, everything):
        plan = agreed(family)
        with pytest.raises(NotAllowed, match="Only a draft"):
            throw_away_plan(plan, revision=plan.revision, by=everything)

    def test_ends_its_writing_its_answers_and_its_actions(self, family, thrown, everything):
        action = thrown.goals.first().actions.first()
        for verb in (
            lambda: add_goal(thrown, words="More", needs=[], by=everything),
            lambda: record_answer(
                thrown, person=parents(family)[0], said=Said.AGREED, how=How.PAPER, said_on=AGREED,
                revision=thrown.revision, by=everything,
            ),
            lambda: finish_action(action, on=STARTED, by=everything),
            lambda: throw_away_plan(thrown, revision=thrown.revision, by=everything),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                verb()

    @pytest.mark.parametrize("state", ["draft", "agreed"])
    def test_cannot_be_undone_even_past_the_service(self, thrown, state):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=thrown.pk).update(state=state)

    def test_cannot_happen_to_an_agreed_plan_even_past_the_service(self, family):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=agreed(family).pk).update(state="dropped")
