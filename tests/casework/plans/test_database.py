"""What the database refuses of a plan, whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.plans.models import Action, Goal, GoalNeed, Plan, PlanAnswer
from casework.plans.services import start_plan
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from tests.casework.plans.factories import AGREED, STARTED, agreed, draft, need, parents, said
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
TODAY = date(2014, 10, 15)


@pytest.fixture
def family():
    return FamilyFactory(household=True)


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

    def test_refuses_an_answer_of_somebody_who_is_not_of_the_family(self, family, everything):
        plan, stranger = draft(family), parents(FamilyFactory(household=True))[0]
        told = {"said": "agreed", "how": "paper", "said_on": AGREED, "recorded_by": everything}
        with pytest.raises(IntegrityError, match="somebody of the family"):
            PlanAnswer.objects.create(family=family, plan=plan, revision=plan.revision, person=stranger, **told)

    def test_refuses_that_something_was_done_in_a_version_that_is_over(self, family, everything):
        old = agreed(family)
        run("update casework_plan set state = 'replaced' where id = %s", old.pk)
        with pytest.raises(IntegrityError, match="a version that is over"):
            run("update casework_action set state = 'done', done_on = %s, done_by_id = %s", TODAY, everything.pk)

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
