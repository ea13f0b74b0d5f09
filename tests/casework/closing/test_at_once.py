"""Two people at once: one closes, the other is told; a family is not given away, visited or made one in between."""

from datetime import date

import pytest

from casework.cases.models import Case
from casework.cases.services import HandoverNote, allocate_family
from casework.closing.models import Closing
from casework.closing.services import close_case, confirm_closing, send_back_closing, take_back_closing
from casework.merging.services import merge_families
from casework.plans.models import Plan
from casework.plans.services import start_plan
from casework.visits.models import Visit
from casework.visits.services import record_visit
from families.people.models import Family
from referrals.allocation.models import Allocation
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, DomainError
from tests.at_once import at_once, committed, in_the_name_of, meanwhile
from tests.casework.closing.factories import MISTAKE, SINCE, TODAY, closed, proposed, refer_again, told, worked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOTE = HandoverNote("Ring before ten.")


@pytest.fixture
def other(post, charnwood):
    return post(Role.FSW, charnwood)


def closing_of(family, by, **more):
    return in_the_name_of(by)(lambda: close_case(family, told(**more), by=by, on=TODAY))


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, DomainError)]


def now(model):
    return committed(lambda: list(model.objects.order_by("pk")))


class TestTwoAtOnce:
    def test_who_close_one_case_close_it_once_and_the_second_is_told(self, family, senior, manager):
        outcomes = at_once(closing_of(family, senior), closing_of(family, manager, reached="Something else."))
        assert [type(one) for one in refused(outcomes)] == [Conflict]
        assert "closed this case on 15 October 2014" in refused(outcomes)[0].message
        assert [row.state for row in now(Closing)] == ["closed"]

    def test_who_confirm_and_send_back_agree(self, family, worker, senior, manager):
        closing = proposed(family, worker)
        confirm = in_the_name_of(senior)(lambda: confirm_closing(closing, by=senior, on=TODAY))
        back = in_the_name_of(manager)(lambda: send_back_closing(closing, answer="Not yet.", by=manager, on=TODAY))
        outcomes = at_once(confirm, back)
        assert len(refused(outcomes)) == 1
        (row,), (case,) = now(Closing), now(Case)
        assert (row.state == "closed") is (case.closed_on is not None)

    def test_who_take_back_and_give_to_a_worker_agree(self, family, worker, other, senior, manager):
        closing = closed(family, senior)
        refer_again(family, senior)
        give = in_the_name_of(manager)(lambda: allocate_family(family, worker=other, by=manager, on=TODAY))
        back = in_the_name_of(senior)(lambda: take_back_closing(closing, because=MISTAKE, by=senior, on=TODAY))
        at_once(give, back)
        assert sum(case.closed_on is None for case in now(Case)) == 1
        assert sum(row.ended_on is None for row in now(Allocation)) == 1


class TestAFamilyThatIsBeingGivenToAnother:
    def test_is_closed_or_given_and_never_both(self, family, other, senior, manager):
        give = in_the_name_of(manager)(lambda: allocate_family(family, worker=other, by=manager, on=TODAY, note=NOTE))
        outcomes = at_once(closing_of(family, senior), give)
        assert len(refused(outcomes)) == 1
        (case,) = now(Case)
        assert any(row.ended_on is None for row in now(Allocation)) is (case.closed_on is None)

    def test_and_was_first_is_not_closed(self, family, other, senior, manager):
        def close():
            return close_case(family, told(), by=manager, on=TODAY)

        with acting_as(senior), meanwhile(close, manager) as (outcome, second):
            Family.objects.select_for_update(of=("self",), no_key=True).get(pk=family.pk)
            second.start()
            allocate_family(family, worker=other, by=senior, on=TODAY, note=NOTE)
        assert isinstance(outcome[0], Conflict)
        assert "was given this family a moment ago" in outcome[0].message


class TestWhatIsWrittenMeanwhile:
    def test_a_contact_is_kept_and_of_the_case_only_up_to_its_last_day(self, family, worker, senior):
        visit = in_the_name_of(worker)(
            lambda: record_visit(family, by=worker, kind="phone", happened_on=TODAY, note="Rang.", sightings=[])
        )
        outcomes = at_once(closing_of(family, senior, closes_on=date(2014, 10, 10)), visit)
        (case,), (kept,) = now(Case), now(Visit)
        assert (kept.case_id is None) is (case.closed_on is not None)
        assert len(refused(outcomes)) == (case.closed_on is None)

    def test_a_plan_ends_with_the_case_or_is_not_begun(self, family, worker, senior):
        at_once(closing_of(family, senior), in_the_name_of(worker)(lambda: start_plan(family, by=worker, on=TODAY)))
        assert all(plan.state == "ended" for plan in now(Plan))
        assert now(Case)[0].closed_on == TODAY


class TestTwoFamiliesThatAreBeingMadeOne:
    def test_wait_for_the_closing_of_one_of_the_two_cases(self, family, worker, senior, manager, everything):
        twice = committed(lambda: worked(worker, since=SINCE, name="The same again"))

        def merge():
            return merge_families(twice, into=family, reason=MISTAKE, by=manager, on=TODAY)

        with acting_as(senior), meanwhile(merge, manager) as (outcome, second):
            Family.objects.select_for_update(of=("self",), no_key=True).get(pk=twice.pk)
            second.start()
            close_case(twice, told(reason="twice"), by=senior, on=TODAY)
        assert not isinstance(outcome[0], DomainError), outcome[0].message
        assert committed(lambda: Family.objects.get(pk=twice.pk)).merged_into_id == family.pk

    def test_are_made_one_or_not_whichever_is_first(self, family, worker, senior, manager):
        twice = committed(lambda: worked(worker, since=SINCE, name="The same again"))
        merge = in_the_name_of(manager)(
            lambda: merge_families(twice, into=family, reason=MISTAKE, by=manager, on=TODAY)
        )
        outcomes = at_once(closing_of(twice, senior), merge)
        assert committed(lambda: Case.objects.get(family__pk=twice.pk)).closed_on == TODAY
        for one in refused(outcomes):
            assert "Both have an open case" in one.message
