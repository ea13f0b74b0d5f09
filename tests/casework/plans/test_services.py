"""Writing a plan, agreeing to it, getting it done; and what the database refuses whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.plans.models import Action, Goal, GoalNeed, Plan, PlanAnswer
from casework.plans.rules import How, Said
from casework.plans.services import (
    add_action,
    add_goal,
    change_action,
    change_goal,
    finish_action,
    last_words,
    missing_from,
    record_answer,
    remove_action,
    remove_goal,
    reopen_action,
    start_plan,
    throw_away_plan,
)
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import Conflict, Incomplete, NotAllowed
from tests.casework.plans.factories import AGREED, STARTED, agreed, draft, need, parents
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
TODAY = date(2014, 10, 15)


@pytest.fixture
def family():
    return FamilyFactory(household=True)


@pytest.fixture
def says(everything):
    """Return ``says(plan, person, said=..., on=...)``: record one adult's answer."""

    def record(plan, person, said=Said.AGREED, *, on=AGREED, revision=None, reason=""):
        revision = plan.revision if revision is None else revision
        return record_answer(
            plan, person=person, said=said, how=How.PAPER, said_on=on, revision=revision, reason=reason, by=everything
        )

    return record


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


def said(plan):
    """Return all that a version says."""
    return [
        (goal.words, sorted(need.kind for need in goal.needs.all()),
         list(goal.actions.values_list("what", "person", "worker", "agency", "due_on", "state", "done_on", "thread")))
        for goal in plan.goals.all()
    ]  # fmt: skip


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


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


FROZEN = {
    "a goal's words": "update casework_goal set words = 'x'",
    "a goal taken away": "delete from casework_goal",
    "a goal moved": "update casework_goal set plan_id = plan_id + 1",
    "a tie taken away": "delete from casework_goalneed",
    "an action's words": "update casework_action set what = 'x'",
    "an action's day": "update casework_action set due_on = due_on + 1",
    "an action's owner": "update casework_action set person_id = null, worker_id = null, agency = 'x'",
    "an action taken away": "delete from casework_action",
    "progress with other words": "update casework_action set what = 'x', state = 'open', done_on = null",
    "the version back to a draft": "update casework_plan set state = 'draft', agreed_on = null, agreement_rule = ''",
    "the day of the agreement": "update casework_plan set agreed_on = agreed_on - 1, started_on = started_on - 1",
    "the version taken away": "delete from casework_plan",
}


class TestTheDatabase:
    """Raw SQL on the application's own connection, by somebody who may write the record."""

    @pytest.mark.parametrize("sql", [pytest.param(sql, id=what) for what, sql in FROZEN.items()])
    def test_holds_what_the_family_agreed_to(self, family, sql):
        plan = agreed(family)
        before = said(plan)
        with pytest.raises(IntegrityError, match=r"agreed plan says does not change|a version of a plan is written"):
            run(sql)
        assert said(plan) == before

    def test_refuses_more_in_an_agreed_plan(self, family):
        plan = agreed(family)
        goal = plan.goals.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(family=family, plan=plan, words="More")
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.create(family=family, goal=goal, what="More", agency="GP", due_on=TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            GoalNeed.objects.create(family=family, goal=goal, need=need(family, "housing"))

    def test_refuses_a_goal_moved_from_a_draft_into_an_agreed_plan(self, family, everything):
        old = agreed(family)
        new = start_plan(family, by=everything, on=TODAY)
        with pytest.raises(IntegrityError, match="does not change"):
            run("update casework_goal set plan_id = %s where plan_id = %s", old.pk, new.pk)

    def test_refuses_a_version_agreed_by_nobody(self, family):
        draft(family)
        with pytest.raises(IntegrityError, match="agreed by somebody"):
            run("update casework_plan set state = 'agreed', agreed_on = started_on, agreement_rule = 'x'")

    def test_refuses_a_version_that_begins_agreed(self, family, everything):
        with pytest.raises(IntegrityError):
            Plan.objects.create(
                family=family, number=1, state="agreed", started_on=STARTED, started_by=everything, agreed_on=AGREED,
                agreement_rule="x",
            )  # fmt: skip

    def test_refuses_a_need_of_another_family(self, family):
        goal = draft(family).goals.first()
        with pytest.raises(IntegrityError, match="its own family"):
            GoalNeed.objects.create(family=family, goal=goal, need=need(FamilyFactory()))

    def test_refuses_an_answer_to_another_familys_plan(self, family, everything):
        other = FamilyFactory(household=True)
        with pytest.raises(IntegrityError, match="a plan of the same family"):
            PlanAnswer.objects.create(
                family=family, plan=draft(other), revision=1, person=parents(family)[0], said="agreed", how="paper",
                said_on=AGREED, recorded_by=everything,
            )  # fmt: skip

    @pytest.mark.parametrize(
        "sql", ["update casework_plananswer set said = 'refused'", "delete from casework_plananswer"]
    )
    def test_lets_nobody_change_what_was_said(self, family, sql):
        agreed(family)
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(sql)

    def test_lets_a_family_move_to_another_audience(self, family, everything):
        plan = agreed(family)
        scope = restrict_family(family, to=[(everything, Role.SENIOR)], by=everything)
        for model in (Plan, Goal, GoalNeed, Action, PlanAnswer):
            assert set(model.objects.values_list("scope_id", flat=True)) == {scope.pk}, model
        assert said(plan)

    def test_shows_another_locality_nothing(self, family, post, melton):
        agreed(family)
        with acting_as(post(Role.SENIOR, melton)):
            assert [model.objects.count() for model in (Plan, Goal, GoalNeed, Action, PlanAnswer)] == [0] * 5


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
