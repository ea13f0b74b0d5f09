from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.services import HandoverNote, allocate_family
from families.people.models import Family
from families.sharing.models import Agreement
from families.sharing.services import agreement_in_force, record_agreement
from referrals.allocation.candidates import candidates
from referrals.allocation.models import Allocation
from referrals.allocation.services import caseloads, workers_for
from slf.access.models import Share
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import end_post, give_post, restrict_family
from slf.web.errors import NotAllowed
from tests.casework.cases.factories import agreed_family
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
ON, LATER = date(2014, 10, 15), date(2014, 11, 3)
NOTE = HandoverNote("Ring before ten.")


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def workers(post, charnwood):
    return [post(Role.FSW, charnwood, f"fsw{n}") for n in range(2)]


@pytest.fixture
def family(everything):
    return agreed_family(everything)


def allocate(family, worker, by, *, on=ON, highly_complex=False, note=NOTE):
    with in_the_name_of(by):
        return allocate_family(family, worker=worker, by=by, on=on, highly_complex=highly_complex, note=note)


def open_to(user):
    forget_rights(user)
    with in_the_name_of(user):
        return list(Family.objects.open_to(user))


class TestAllocatingAFamily:
    def test_opens_its_record_to_the_worker_and_to_no_other(self, family, senior, workers):
        allocate(family, workers[0], senior)
        assert open_to(workers[0]) == [family]
        assert open_to(workers[1]) == []

    def test_opens_the_case_attached_from_that_day(self, family, senior, workers):
        allocate(family, workers[0], senior)
        case = Case.objects.get(family=family)
        assert (case.opened_on, case.attached_on, case.opened_by) == (ON, ON, senior)

    def test_puts_it_among_the_workers_families(self, family, senior, workers):
        allocate(family, workers[0], senior)
        assert Case.objects.worked_by(workers[0], on=ON).get().family == family

    def test_twice_changes_nothing(self, family, senior, workers):
        assert allocate(family, workers[0], senior) == allocate(family, workers[0], senior)
        assert (Allocation.objects.count(), Case.objects.count()) == (1, 1)

    def test_without_agreement_is_refused(self, senior, workers):
        with pytest.raises(NotAllowed, match="has not agreed"):
            allocate(FamilyFactory(), workers[0], senior)

    def test_before_a_day_it_is_given_from_already_is_refused(self, family, senior, workers):
        allocate(family, workers[0], senior, on=LATER)
        with pytest.raises(NotAllowed, match=f"given to {workers[0]} from 3 November 2014"):
            allocate(family, workers[1], senior)
        assert open_to(workers[1]) == []

    def test_to_somebody_of_another_locality_is_refused(self, family, senior, post, melton):
        with pytest.raises(NotAllowed, match="not a family support worker"):
            allocate(family, post(Role.FSW, melton), senior)

    def test_is_not_a_workers_job(self, family, workers):
        with pytest.raises(Family.DoesNotExist):
            allocate(family, workers[0], workers[0])

    def test_in_another_locality_is_impossible(self, family, post, melton, workers):
        with pytest.raises(Family.DoesNotExist):
            allocate(family, workers[0], post(Role.SENIOR, melton))


class TestAHandover:
    def test_ends_the_formers_allocation_and_share(self, family, senior, workers):
        allocate(family, workers[0], senior)
        allocate(family, workers[1], senior, on=LATER)
        assert [(a.worker, a.period.lower, a.period.upper) for a in Allocation.objects.order_by("period")] == [
            (workers[0], ON, LATER), (workers[1], LATER, None),
        ]  # fmt: skip
        assert (open_to(workers[0]), open_to(workers[1])) == ([], [family])

    def test_on_the_same_day_puts_the_first_one_right(self, family, senior, workers):
        allocate(family, workers[0], senior)
        allocate(family, workers[1], senior)
        assert Allocation.objects.get().worker == workers[1]
        assert (open_to(workers[0]), open_to(workers[1])) == ([], [family])

    def test_on_the_day_a_post_ends_goes_on(self, family, senior, workers, everything):
        allocate(family, workers[0], senior)
        family.allocations.update(period=DateRange(ON, ON + timedelta(days=1)))  # as the end of the post leaves it
        allocate(family, workers[1], senior)
        assert Allocation.objects.get().goes_on
        assert (open_to(workers[0]), open_to(workers[1])) == ([], [family])

    def test_back_to_somebody_whose_post_was_to_end_goes_on(self, family, senior, workers, everything, charnwood):
        today = timezone.localdate()
        allocate(family, workers[0], senior)
        end_post(workers[0].posts.get(), by=everything, on=today + timedelta(days=30))
        give_post(workers[0], role=Role.FSW, locality=charnwood, by=everything, starts_on=today + timedelta(days=30))
        allocate(family, workers[0], senior, on=LATER)
        assert Allocation.objects.current(on=LATER + timedelta(days=60)).get().worker == workers[0]
        assert Share.objects.not_over().get(user=workers[0]).period.upper is None

    def test_keeps_the_case(self, family, senior, workers):
        allocate(family, workers[0], senior)
        allocate(family, workers[1], senior, on=LATER)
        assert Case.objects.get().opened_on == ON

    def test_to_oneself_as_highly_complex_starts_a_new_weight(self, family, senior, workers):
        allocate(family, workers[0], senior)
        allocate(family, workers[0], senior, on=LATER, highly_complex=True)
        assert [a.highly_complex for a in Allocation.objects.order_by("period")] == [False, True]
        assert open_to(workers[0]) == [family]


class TestTheSuggestion:
    def test_is_whoever_is_least_full(self, family, senior, workers, everything):
        allocate(agreed_family(everything), workers[0], senior)
        with in_the_name_of(senior):
            first, second = candidates(family, by=senior, on=ON)
        assert (first.worker, first.is_suggested, first.caseload.words) == (workers[1], True, "0 of 10, 0%")
        assert (second.worker, second.is_suggested, second.caseload.words) == (workers[0], False, "1 of 10, 10%")

    def test_for_a_handover_is_somebody_else(self, family, senior, workers):
        allocate(family, workers[0], senior)
        with in_the_name_of(senior):
            offered = {candidate.worker: candidate for candidate in candidates(family, by=senior, on=ON)}
        assert offered[workers[0]].has_family
        assert not offered[workers[0]].is_suggested
        assert offered[workers[1]].is_suggested

    def test_counts_families_of_every_locality(self, senior, everything, post, charnwood, melton):
        lent = post(Role.FSW, charnwood, "lent")
        lent.posts.create(role=Role.FSW, locality=melton, period=(date(2012, 4, 1), None))
        melton_senior = post(Role.SENIOR, melton)
        allocate(agreed_family(everything, locality=melton), lent, melton_senior, highly_complex=True)
        with in_the_name_of(senior):
            assert caseloads([lent], on=ON)[lent.pk].highly_complex == 1

    def test_leaves_out_whoever_has_left(self, family, senior, workers, everything):
        end_post(workers[0].posts.get(), by=everything, on=date(2014, 1, 1))
        with in_the_name_of(senior):
            assert list(workers_for(family)) == [workers[1]]

    def test_may_be_somebody_who_works_in_all_of_the_county(self, family, senior, workers, post):
        everywhere = post(Role.FSW)
        with in_the_name_of(senior):
            assert set(workers_for(family)) == {*workers, everywhere}

    def test_of_a_restricted_family_is_a_named_worker(self, family, workers, everything, post):
        post(Role.FSW)
        restrict_family(family, to=[(everything, Role.MANAGER), (workers[1], Role.FSW)], by=everything)
        assert list(workers_for(family)) == [workers[1]]


class TestTheAgreementInForce:
    def say(self, family, by, state, day):
        return record_agreement(family, state=state, said_on=day, how=Agreement.How.IN_PERSON, by=by)

    def test_is_what_was_said_last(self, family, everything):
        self.say(family, everything, Agreement.State.WITHDRAWN, date(2014, 10, 10))
        assert agreement_in_force(family, on=ON) is None
        again = self.say(family, everything, Agreement.State.GIVEN, date(2014, 10, 10))
        assert agreement_in_force(family, on=ON) == again

    def test_on_an_earlier_day_is_what_was_said_by_then(self, family, everything):
        self.say(family, everything, Agreement.State.WITHDRAWN, date(2014, 10, 10))
        assert agreement_in_force(family, on=date(2014, 10, 9)) is not None
        assert agreement_in_force(family, on=date(2014, 9, 30)) is None
