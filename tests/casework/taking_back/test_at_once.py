"""A list is taken back while somebody records a visit to one of its families: never both, and nothing is lost."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from casework.taking_back.models import TakingBack
from casework.visits.models import Visit
from casework.visits.services import record_visit
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from slf.web.errors import Conflict
from slf.work.services import run
from tests.at_once import at_once, meanwhile
from tests.casework.importing.factories import CASE, DONNA, as_book
from tests.casework.taking_back.factories import asked, decided

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = {"Family reference": "CH-015", "Given names": "Kim", "Surname": "Shaw", "Date of birth": "01/02/1990"}


@pytest.fixture
def agreed(bring, worker, data, manager):
    """Return a list of two families that is to be taken back, as it was agreed."""
    people, cases = [DONNA, DONNA | OTHER], [CASE | {"Worker": "sam.worker", "Last visit on": ""}]
    return decided(asked(bring(as_book(people, cases)), by=data), by=manager)


def record(worker):
    with transaction.atomic():
        family = Family.objects.get(name="Palmer family")
        return record_visit(family, by=worker, kind="phone", happened_on=today(), note="They rang.", sightings=[])


def take_back(taking):
    with connection.cursor() as cursor:
        cursor.execute("select slf.take_back_list(%s)", [taking.pk])


def outcome_of(taking, manager):
    with acting_as(manager), transaction.atomic():
        done = TakingBack.objects.get(pk=taking.pk)
        return done.taken, done.stayed


class TestTakingBackWhileAVisitIsRecorded:
    def test_waits_for_it_and_leaves_that_family(self, agreed, manager, worker):
        with acting_as(worker), meanwhile(lambda: take_back(agreed), manager) as (_, other):
            record(worker)
            other.start()
        assert outcome_of(agreed, manager) == (1, 1)
        with acting_as(worker), transaction.atomic():
            assert Visit.objects.get().note == "They rang."

    def test_first_refuses_the_visit(self, agreed, manager, worker):
        with acting_as(manager), meanwhile(lambda: record(worker), worker) as (outcome, other):
            take_back(agreed)
            other.start()
        assert isinstance(outcome[0], IntegrityError)
        assert outcome_of(agreed, manager) == (2, 0)

    def test_at_the_same_moment_never_hides_a_visit(self, agreed, manager, worker):
        def work():
            with acting_as(worker):
                try:
                    return record(worker)
                except (IntegrityError, ProgrammingError, Family.DoesNotExist):
                    return None

        given, _ = at_once(work, lambda: run(agreed.job.uid))
        stayed = outcome_of(agreed, manager)
        assert stayed == ((1, 1) if isinstance(given, Visit) else (2, 0))


class TestTwoWhoDecide:
    def test_at_the_same_moment_one_is_told(self, bring, data, manager, post, charnwood):
        second = post(Role.MANAGER, charnwood)
        taking = asked(bring(as_book([DONNA])), by=data)
        given = at_once(*(lambda who=who: decided(taking, by=who) for who in (manager, second)))
        assert {type(one) for one in given} == {TakingBack, Conflict}
        with acting_as(manager), transaction.atomic():
            winner = TakingBack.objects.get().decided_by
        with acting_as(winner):
            uid = next(one for one in given if isinstance(one, TakingBack)).job.uid
        at_once(lambda: run(uid), lambda: run(uid))
        assert outcome_of(taking, winner) == (1, 0)
