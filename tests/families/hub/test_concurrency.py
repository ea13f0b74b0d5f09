"""Two people with the same file at the same moment, each on a connection of their own."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from families.hub.models import FeedFile
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from slf.work.models import Job
from tests.families.hub.factories import ATTENDANCE, as_csv, receive

pytestmark = pytest.mark.django_db(transaction=True)


def sent_at_once(*people):
    start, given = Barrier(len(people)), []

    def one(person):
        start.wait()
        try:
            with acting_as(person):
                given.append(receive(as_csv([ATTENDANCE]), by=person))
        except Conflict as refused:
            given.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == len(people)
    return given


class TestTwoPeopleSendingTheSameFileAtOnce:
    @pytest.mark.parametrize("attempt", range(3))
    def test_one_wins_and_the_other_is_told(self, post, charnwood, attempt):
        given = sent_at_once(post(Role.DATA), post(Role.DATA))
        (kept,) = [one for one in given if isinstance(one, FeedFile)]
        (refused,) = [one for one in given if isinstance(one, Conflict)]
        assert refused.message.startswith(f"{kept.uploaded_by} sent the same file on ")
        with transaction.atomic():
            assert FeedFile.objects.count() == 1


class TestOnePersonSendingTwiceAtOnce:
    def test_has_one_file_and_one_job(self, post, charnwood):
        person = post(Role.DATA)
        first, second = sent_at_once(person, person)
        assert first == second
        with acting_as(person), transaction.atomic():
            assert Job.objects.asked_by(person).count() == 1
