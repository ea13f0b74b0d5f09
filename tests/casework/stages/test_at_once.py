"""Two people at once: a step is said, held, acknowledged and gone on with once, a check made once, no need lost."""

import pytest

from casework.cases.models import Case
from casework.closing.models import Closing, NeedOutcome, SustainmentCheck
from casework.closing.outcomes import record_check
from casework.closing.services import close_case, confirm_closing, propose_closing
from casework.stages.models import CareStep
from casework.stages.rules import WrongStep
from casework.stages.services import acknowledge_step, go_on, step_case
from families.needs.models import Need
from families.needs.services import find_need
from slf.web.errors import Conflict, DomainError
from tests.at_once import at_once, committed, in_the_name_of
from tests.casework.closing.factories import SINCE, TODAY, all_met, closed, proposed, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def stepping(family, by, **other):
    said = {"way": "up", "happened_on": TODAY, "whom": "First Response", "reason": "Bruises.", "then": "held"} | other
    return in_the_name_of(by)(lambda: step_case(family, by=by, on=TODAY, **said))


def refused(given):
    return [one for one in given if isinstance(one, DomainError)]


def rows(model):
    return committed(lambda: list(model.objects.order_by("pk")))


class TestAStep:
    def test_that_two_say_otherwise_is_said_once_and_the_second_is_told(self, family, worker, senior):
        given = at_once(stepping(family, worker), stepping(family, senior, reason="He was seen alone."))
        assert [type(one) for one in refused(given)] == [Conflict]
        assert len(rows(CareStep)) == 1

    def test_to_two_teams_holds_the_case_once(self, family, worker, senior):
        given = at_once(stepping(family, worker), stepping(family, senior, whom="Another team"))
        assert [type(one) for one in refused(given)] == [WrongStep]
        assert [step.holds for step in rows(CareStep)] == [True]

    def test_and_a_closing_go_one_after_the_other(self, family, worker, senior):
        close = in_the_name_of(senior)(lambda: close_case(family, told(), by=senior, on=TODAY))
        given = at_once(stepping(family, worker), close)
        (case,) = rows(Case)
        assert case.closed_on == TODAY
        assert len(rows(CareStep)) + len(refused(given)) == 1

    def test_is_acknowledged_and_gone_on_with_once(self, family, worker, senior, manager):
        made = stepping(family, worker)()
        said = {"acknowledged_on": TODAY, "on": TODAY}
        heard = [
            in_the_name_of(by)(lambda by=by, who=who: acknowledge_step(made, who=who, by=by, **said))
            for by, who in ((worker, "Jo Hall"), (senior, "Mo Akhtar"))
        ]
        on = [
            in_the_name_of(by)(lambda by=by: go_on(made, because=f"{by} says so.", by=by, on=TODAY))
            for by in (senior, manager)
        ]
        for both in (heard, on):
            assert [type(one) for one in refused(at_once(*both))] == [Conflict]
        (step,) = rows(CareStep)
        assert step.acknowledged_who in {"Jo Hall", "Mo Akhtar"}
        assert step.went_on_because in {f"{senior} says so.", f"{manager} says so."}


class TestACheckAfterAClosing:
    def test_is_made_once_and_the_second_is_told(self, family, senior, manager):
        made = committed(lambda: closed(family, senior).checks.first())
        said = {"stands": "holds", "consent": "agreed", "asked": "Mum", "checked_on": TODAY, "on": TODAY}
        given = at_once(
            *(in_the_name_of(by)(lambda by=by: record_check(made, words=f"{by} rang.", by=by, **said))
              for by in (senior, manager))
        )  # fmt: skip
        assert [type(one) for one in refused(given)] == [Conflict]
        assert [check.state for check in rows(SustainmentCheck)].count("made") == 1


class TestWhatBecameOfEachNeed:
    @pytest.fixture
    def need(self, family):
        given = {"family": family, "kind": "housing", "started_on": SINCE, "source": "Referral"}
        return committed(lambda: Need.objects.create(**given))

    def test_is_said_once_where_one_proposes_and_another_closes(self, family, need, worker, senior):
        propose = in_the_name_of(worker)(
            lambda: propose_closing(family, told(), by=worker, on=TODAY, outcomes={need.pk: "partly"})
        )
        close = in_the_name_of(senior)(
            lambda: close_case(family, told(), by=senior, on=TODAY, outcomes={need.pk: "met"})
        )
        given = at_once(propose, close)
        assert len(refused(given)) == 1
        (closing,), (outcome,), (now,) = rows(Closing), rows(NeedOutcome), rows(Need)
        assert outcome.closing_id == closing.pk
        assert (closing.state == "closed") is (now.ended_on is not None)

    def test_is_not_said_of_a_need_that_is_found_meanwhile_which_stays_open(self, family, need, worker, senior):
        said = committed(lambda: all_met(family))
        close = in_the_name_of(senior)(lambda: close_case(family, told(), by=senior, on=TODAY, outcomes=said))
        found = {"kind": "health", "source": "Visit", "by": worker, "on": TODAY}
        given = at_once(close, in_the_name_of(worker)(lambda: find_need(family, **found)))
        (case,) = rows(Case)
        assert [type(one) for one in refused(given)] == ([] if case.closed_on else [type(refused(given)[0])])
        assert [each.ended_on for each in rows(Need) if each.kind == "health"] == [None]

    def test_is_said_by_whoever_confirms_first(self, family, need, worker, senior, manager):
        closing = committed(lambda: proposed(family, worker))
        committed(lambda: Need.objects.create(family=family, kind="health", started_on=TODAY, source="Visit"))
        key = committed(lambda: Need.objects.get(kind="health").pk)
        given = at_once(
            *(in_the_name_of(by)(lambda by=by, said=said: confirm_closing(closing, by=by, on=TODAY, outcomes=said))
              for by, said in ((senior, {key: "met"}), (manager, {key: "not_met"})))
        )  # fmt: skip
        assert [type(one) for one in refused(given)] == [Conflict]
        assert sorted(outcome.need_id for outcome in rows(NeedOutcome)) == sorted([need.pk, key])
