"""A family handed over to another locality: who knows what when, and who may not."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from casework.transfers.models import Arrival, Transfer
from casework.transfers.services import (
    accept_transfer,
    close_kept_transfers,
    send_back_transfer,
    withdraw_transfer,
)
from casework.visits.models import Visit
from families.localities.services import family_locality_on
from families.people.models import Family
from referrals.allocation.models import Allocation
from slf.access.acting import acting_as
from slf.access.rights import rights_of
from slf.access.rules import Role
from slf.access.services import locality_scope, move_family, restrict_family
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.at_once import at_once, meanwhile
from tests.casework.transfers.factories import MOVED, SAID, TODAY, offered
from tests.casework.visits.factories import VisitFactory, give
from tests.database import owner
from tests.factories import KNOWN_SINCE, FamilyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(charnwood):
    with transaction.atomic():
        return FamilyFactory(household=True, name="Hart family")


@pytest.fixture
def worker(post, charnwood, family):
    user = post(Role.FSW, charnwood)
    with transaction.atomic():
        give(family, user, since=date(2014, 1, 6))
    return user


@pytest.fixture
def old_senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def new_senior(post, melton):
    return post(Role.SENIOR, melton)


def accept(arrival, user):
    with acting_as(user), transaction.atomic():
        return accept_transfer(arrival, by=user, on=TODAY)


def sees(user, family):
    """Return whether somebody sees the family's card, and how many rows of its record PostgreSQL lets them read."""
    with acting_as(user), transaction.atomic(), connection.cursor() as cursor:
        card = Family.objects.visible_to(user).filter(pk=family.pk).exists()
        cursor.execute("select count(*) from families_membership where family_id = %s", [family.pk])
        return card, cursor.fetchone()[0]


class TestAnOffer:
    def test_tells_the_other_side_the_little_it_must_know(self, family, new_senior):
        offered(family)
        with acting_as(new_senior):
            (arrival,) = Arrival.objects.visible_to(new_senior).waiting()
            assert (arrival.reference, arrival.people, arrival.moves_on) == (family.reference, 5, MOVED)
            assert str(arrival.from_locality) == "Charnwood"
            assert Transfer.objects.count() == 0
        assert sees(new_senior, family) == (False, 0)

    def test_changes_nothing_until_it_is_accepted(self, family, old_senior):
        offered(family)
        assert sees(old_senior, family) == (True, 5)

    def test_is_made_by_who_works_with_the_family(self, family, worker):
        assert offered(family, by=worker).proposed_by == worker

    @pytest.mark.parametrize("role", [Role.FSW, Role.HEAD, Role.BUSINESS])
    def test_is_made_by_nobody_who_only_looks(self, family, post, charnwood, role):
        with pytest.raises(NotForYou):
            offered(family, by=post(role, None if role is Role.HEAD else charnwood))

    def test_again_is_the_same(self, family, old_senior):
        assert offered(family, by=old_senior) == offered(family, by=old_senior)

    def test_is_one_at_a_time(self, family, old_senior):
        offered(family, by=old_senior)
        with pytest.raises(Conflict):
            offered(family, by=old_senior, to="blaby")

    def test_is_not_to_where_the_family_is(self, family):
        with pytest.raises(NotAllowed):
            offered(family, to="charnwood")

    def test_of_a_family_that_is_closed_waits_until_it_is_open(self, family, everything):
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        with pytest.raises(NotAllowed, match="closed to named people"):
            offered(family)

    def test_cannot_be_made_past_the_door(self, family, new_senior, melton, charnwood):
        told = {"family": family, "from_locality": charnwood, "to_locality": melton, "proposed_by": new_senior}
        with acting_as(new_senior), pytest.raises(ProgrammingError), transaction.atomic():
            Transfer.objects.create(**told, proposed_on=TODAY, **SAID)

    def test_can_be_withdrawn_by_its_own_side_alone(self, family, old_senior, new_senior):
        arrival = offered(family, by=old_senior)
        transfer = arrival.transfer
        with acting_as(new_senior), pytest.raises(ProgrammingError), transaction.atomic():
            withdraw_transfer(transfer, by=new_senior, on=TODAY)
        with acting_as(old_senior), transaction.atomic():
            for _ in range(2):
                withdraw_transfer(Transfer.objects.get(), by=old_senior, on=TODAY)
        with pytest.raises(Conflict):
            accept(arrival, new_senior)

    def test_that_is_sent_back_says_why_and_can_be_made_again(self, family, old_senior, new_senior):
        arrival = offered(family, by=old_senior)
        with acting_as(new_senior), transaction.atomic():
            send_back_transfer(arrival, answer="They live in Rutland", by=new_senior, on=TODAY)
        with acting_as(old_senior):
            assert Transfer.objects.get().answer == "They live in Rutland"
        offered(family, by=old_senior, to="blaby")


class TestAnAcceptedFamily:
    def test_is_the_new_localitys_and_no_more_the_old_ones(self, family, worker, old_senior, new_senior):
        accept(offered(family), new_senior)
        assert sees(new_senior, family) == (True, 5)
        for user in (worker, old_senior):
            assert sees(user, family) == (False, 0)

    def test_brings_its_history_along(self, family, worker, new_senior):
        VisitFactory(family=family)
        accept(offered(family), new_senior)
        with acting_as(new_senior):
            assert Visit.objects.visible_to(new_senior).filter(family=family).count() == 1
            assert Transfer.objects.get(family=family).must_know == "Ring before you visit"

    def test_waits_for_its_next_worker(self, family, worker, new_senior):
        accept(offered(family), new_senior)
        with acting_as(new_senior):
            allocation = Allocation.objects.get(family=family)
        assert allocation.period.upper == TODAY

    def test_was_with_the_old_locality_until_the_day_it_moved(self, family, new_senior, charnwood, melton):
        accept(offered(family), new_senior)
        days = (date(2011, 1, 1), KNOWN_SINCE, MOVED - timedelta(days=1), MOVED)
        with acting_as(new_senior):
            found = [family_locality_on(family, day, by=new_senior) for day in days]
        assert found == [charnwood, charnwood, charnwood, melton]

    def test_is_accepted_by_a_senior_or_manager_of_that_locality_alone(self, family, post, melton, old_senior):
        arrival = offered(family)
        for user in (old_senior, post(Role.FSW, melton), post(Role.HEAD), post(Role.BUSINESS, melton)):
            with pytest.raises(ProgrammingError):
                accept(arrival, user)
        accept(arrival, post(Role.MANAGER, melton))

    def test_is_not_taken_over_once_it_was_closed_to_named_people(self, family, everything, new_senior):
        arrival = offered(family)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        with pytest.raises(Conflict):
            accept(arrival, new_senior)

    def test_moves_by_no_other_verb(self, family, old_senior, melton):
        there = locality_scope(melton)
        with acting_as(old_senior), pytest.raises(ProgrammingError), transaction.atomic():
            move_family(family, to=there, by=old_senior)
        with acting_as(old_senior), pytest.raises(ProgrammingError), transaction.atomic():
            Family.objects.filter(pk=family.pk).update(scope=there)


class TestAWorkerWhoKeepsItForATime:
    def test_reads_on_until_then(self, family, worker, new_senior):
        accept(offered(family, keep_days=14), new_senior)
        assert sees(worker, family) == (True, 5)
        with acting_as(worker):
            assert family.pk in rights_of(worker).worked

    def test_is_the_only_one_of_the_old_locality(self, family, worker, old_senior, new_senior):
        accept(offered(family, keep_days=14), new_senior)
        assert sees(old_senior, family) == (False, 0)


@pytest.mark.django_db(transaction=True)
class TestATimeThatIsOver:
    def test_closes_the_record_to_the_worker_and_leaves_it_with_the_new_locality(self, family, worker, new_senior):
        accept(offered(family, keep_days=14), new_senior)
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute(
                "update slf_scopemember set until = now() - interval '1 minute' where user_id = %s", [worker.pk]
            )
        assert sees(worker, family) == (False, 0)
        with acting_as(None), transaction.atomic():
            assert close_kept_transfers() == 1
        assert sees(new_senior, family) == (True, 5)
        with acting_as(new_senior), transaction.atomic():
            assert Family.objects.get(pk=family.pk).scope.kind == "locality"


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_seniors_who_accept_take_it_over_once(self, family, post, melton):
        arrival, seniors = offered(family), [post(Role.SENIOR, melton) for _ in range(2)]
        given = at_once(*(lambda user=user: accept(arrival, user) for user in seniors))
        assert sorted(type(one).__name__ for one in given) == ["Conflict", "Family"]

    def test_whoever_accepts_while_it_is_withdrawn_waits_and_is_told(self, family, old_senior, new_senior):
        arrival = offered(family, by=old_senior)

        def accepting():
            return accept_transfer(arrival, by=new_senior, on=TODAY)

        with acting_as(old_senior), meanwhile(accepting, new_senior) as (outcome, other):
            withdraw_transfer(Transfer.objects.get(), by=old_senior, on=TODAY)
            other.start()
        assert isinstance(outcome[0], Conflict)
        assert sees(new_senior, family) == (False, 0)

    def test_whoever_withdraws_while_it_is_accepted_is_told(self, family, old_senior, new_senior):
        arrival = offered(family, by=old_senior)
        with acting_as(old_senior), transaction.atomic():
            transfer = Transfer.objects.get()

        def withdrawing():
            withdraw_transfer(transfer, by=old_senior, on=TODAY)

        with acting_as(new_senior), meanwhile(withdrawing, old_senior) as (told, other):
            accept_transfer(arrival, by=new_senior, on=TODAY)
            other.start()
        assert isinstance(told[0], Conflict)
        assert sees(new_senior, family) == (True, 5)

    def test_offers_to_two_localities_are_one(self, family, post, charnwood, melton):
        blaby, seniors = "blaby", [post(Role.SENIOR, charnwood) for _ in range(2)]
        given = at_once(
            lambda: offered(family, by=seniors[0]),
            lambda: offered(family, by=seniors[1], to=blaby),
        )
        assert sorted(type(one).__name__ for one in given) == ["Arrival", "Conflict"]
