"""A family that is closed to named people while it is handed over: the other locality learns nothing more of it."""

from datetime import date

import pytest
from django.db import connection, transaction

from casework.transfers.models import Arrival, Transfer
from casework.transfers.rules import State
from casework.transfers.services import accept_transfer, close_kept_transfers
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from slf.web.errors import Conflict
from tests.at_once import meanwhile, wait_for_a_lock
from tests.casework.transfers.factories import TODAY, offered
from tests.casework.visits.factories import give
from tests.database import owner
from tests.factories import FamilyFactory
from tests.families.restricting.factories import lift, name

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(charnwood):
    with transaction.atomic():
        return FamilyFactory(household=True, name="Hart family")


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood)


@pytest.fixture
def new_senior(post, melton):
    return post(Role.SENIOR, melton)


@pytest.fixture
def new_manager(post, melton):
    return post(Role.MANAGER, melton)


class TestAnOfferOfAFamilyThatIsClosed:
    def test_waits_on_the_other_side_no_more(self, family, manager, new_senior):
        offered(family)
        name(family, (manager, Role.MANAGER), by=manager)
        with acting_as(new_senior):
            assert not Arrival.objects.visible_to(new_senior).waiting().exists()

    def test_is_withdrawn_by_whoever_closed_it_on_that_day(self, family, manager):
        offered(family)
        name(family, (manager, Role.MANAGER), by=manager)
        with acting_as(manager):
            transfer = Transfer.objects.get()
            assert (transfer.state, transfer.decided_by, transfer.decided_on) == (State.WITHDRAWN, manager, today())

    def test_of_another_family_waits_on(self, family, manager, new_senior):
        other = offered(FamilyFactory(household=True))
        name(family, (manager, Role.MANAGER), by=manager)
        with acting_as(new_senior):
            assert Arrival.objects.visible_to(new_senior).waiting().get() == other


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_whoever_accepts_while_it_is_closed_waits_and_is_told(self, family, manager, new_senior):
        arrival = offered(family)

        def accepting():
            return accept_transfer(arrival, by=new_senior, on=TODAY)

        with acting_as(manager), meanwhile(accepting, new_senior) as (told, other):
            with connection.cursor() as cursor:
                cursor.execute("select from families_family where id = %s for no key update", [family.pk])
            other.start()
            wait_for_a_lock(other)
            name(family, (manager, Role.MANAGER), by=manager)
        assert isinstance(told[0], Conflict)


@pytest.mark.django_db(transaction=True)
class TestAFamilyClosedWhileItsFormerWorkerKeepsIt:
    def test_goes_back_to_the_new_locality_and_not_to_the_old(
        self, family, manager, new_senior, new_manager, post, charnwood, melton
    ):
        worker = post(Role.FSW, charnwood)
        with transaction.atomic():
            give(family, worker, since=date(2014, 1, 6))
        with acting_as(new_senior), transaction.atomic():
            accept_transfer(offered(family, keep_days=14), by=new_senior, on=TODAY)
        name(family, (new_manager, Role.MANAGER), by=new_manager)
        self.time_is_over(worker)
        lift(family, by=new_manager)
        with acting_as(manager), transaction.atomic():
            assert not Family.objects.visible_to(manager).filter(pk=family.pk).exists()
        self.time_is_over(worker)
        with acting_as(new_manager), transaction.atomic():
            scope = Family.objects.get(pk=family.pk).scope
            assert (scope.kind, scope.locality) == ("locality", melton)

    @staticmethod
    def time_is_over(worker):
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute(
                "update slf_scopemember set until = now() - interval '1 minute' where user_id = %s and role = 'fsw'",
                [worker.pk],
            )
        with acting_as(None), transaction.atomic():
            close_kept_transfers()
