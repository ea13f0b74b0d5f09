"""Nothing of one request is left for the next on the same connection, nor of one task for the next."""

import threading

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import locality_scope
from slf.work.registry import job as register
from slf.work.services import promise, run
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db(transaction=True)
REQUESTS, TASKS, THREADS = 30, 20, 3


@register("tests.count_families", title="Counting families in raw SQL")
def count_families(job):
    with job.step(), connection.cursor() as cursor:
        cursor.execute("select count(*), min(pg_backend_pid()) from families_family")
        families, process = cursor.fetchone()
    return {"families": families, "process": process}


@pytest.fixture
def seniors(post, charnwood, melton):
    """Return a senior of Charnwood, who has three families, and one of Melton, who has one."""
    for locality, count in ((charnwood, 3), (melton, 1)):
        for _ in range(count):
            FamilyFactory(locality=locality)
    return {3: post(Role.SENIOR, charnwood), 1: post(Role.SENIOR, melton)}


def families_seen(client) -> int:
    return client.get("/api/v1/families/").json()["count"]


class TestRequestsInTurn:
    def test_see_their_own_families_each_time(self, seniors, api):
        clients = {count: api(user) for count, user in seniors.items()}
        with acting_as(None):
            seen = [(count, families_seen(clients[count])) for _ in range(REQUESTS) for count in clients]
        assert all(count == found for count, found in seen)

    def test_leave_nobody_acting_behind(self, seniors, api):
        with acting_as(None):
            families_seen(api(seniors[3]))
            with connection.cursor() as cursor:
                cursor.execute("select coalesce(current_setting('slf.user', true), '')")
                assert cursor.fetchone() == ("",)

    def test_of_several_threads_do_not_mix(self, seniors, api):
        wrong = []

        def ask(count, user):
            with acting_as(None):
                client = api(user)
                wrong.extend(found for found in (families_seen(client) for _ in range(REQUESTS)) if found != count)
            connection.close()

        threads = [threading.Thread(target=ask, args=pair) for pair in list(seniors.items()) * THREADS]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []


class TestTasksInTurn:
    def test_see_the_families_of_whoever_asked_on_one_connection(self, seniors):
        processes, wrong = set(), []
        for n in range(TASKS):
            count, user = list(seniors.items())[n % 2]
            with acting_as(user):
                asked = promise("tests.count_families", by=user)
            with acting_as(None):
                run(asked.uid)
            with acting_as(user), transaction.atomic():
                asked.refresh_from_db()
            processes.add(asked.result["process"])
            wrong += [asked.result] if asked.result["families"] != count else []
        assert (wrong, len(processes)) == ([], 1)


class TestAScopeChangedByHand:
    def test_is_refused_by_the_database(self, everything, charnwood, melton):
        family = FamilyFactory()
        with pytest.raises(ProgrammingError, match="a scope changes only through"), transaction.atomic():
            Family.objects.filter(pk=family.pk).update(scope=locality_scope(melton))
