"""Two workers, two askers, two sweeps at the same moment, each on its own connection."""

import time
from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction

from slf.access.acting import acting_as
from slf.work import heartbeat, ledger, rules
from slf.work.models import Job
from slf.work.rules import State
from slf.work.services import promise, run
from tests.at_once import at_once
from tests.slf.work.conftest import as_seen_by, look, set_back

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(seconds=30)


@pytest.fixture
def job(asker):
    with acting_as(asker):
        return promise("tests.count", by=asker, chunks=5, pause=20)


class TestFourWorkersOnOneJob:
    @pytest.mark.parametrize("attempt", range(3))
    def test_do_it_once(self, job, effects, attempt):
        given = at_once(*[lambda: run(job.uid)] * 4)
        assert [done.state for done in given if done] == [State.DONE]
        assert effects() == [f"count {n}" for n in range(5)]


class TestFourRequestsForOnePromise:
    @pytest.mark.parametrize("attempt", range(3))
    def test_make_one_job(self, asker, attempt):
        def ask():
            with acting_as(asker):
                return promise("tests.count", by=asker, once="import 7", chunks=1).pk

        assert len(set(at_once(*[ask] * 4))) == 1
        assert len(as_seen_by(asker, Job.objects.all())) == 1


class TestFourSweeps:
    def test_send_a_lost_job_once(self, job):
        set_back(job, due_at=LATER, sent_at=LATER)
        given = at_once(*[ledger.left_behind] * 4)
        assert [found for each in given for found in each] == [(job.uid, "default")]


class TestALongStep:
    def test_cannot_be_taken_over_while_its_worker_lives(self, job):
        ledger.claim(job.uid)
        held = look(job)
        set_back(job, heartbeat_at=rules.LEASE * 2)
        with acting_as(job.asked_by), held.step({"next": 1}):
            assert at_once(lambda: ledger.claim(job.uid)) == [None]
            assert at_once(ledger.left_behind) == [[]]


class TestTheHeartbeat:
    def test_is_written_by_a_thread_while_the_work_goes_on(self, job, monkeypatch):
        monkeypatch.setattr(rules, "HEARTBEAT", timedelta(milliseconds=50))
        ledger.claim(job.uid)
        held, first = look(job), look(job).heartbeat_at
        with heartbeat.beating(held):
            time.sleep(0.3)
        assert look(job).heartbeat_at > first

    def test_does_not_wait_for_a_step(self, job, monkeypatch):
        monkeypatch.setattr(rules, "HEARTBEAT", timedelta(milliseconds=50))
        ledger.claim(job.uid)
        held, over = look(job), Event()
        with acting_as(job.asked_by), heartbeat.beating(held):
            with held.step({"next": 1}):
                time.sleep(0.3)
            over.set()
        assert over.is_set()
        assert look(job).cursor == {"next": 1}

    def test_ends_with_the_work(self, job):
        import threading

        ledger.claim(job.uid)
        with heartbeat.beating(look(job)):
            assert any(t.name == f"heartbeat {job.uid}" for t in threading.enumerate())
        assert not any(t.name == f"heartbeat {job.uid}" for t in threading.enumerate())


class TestProgress:
    def test_is_seen_by_others_before_the_work_is_over(self, job):
        ledger.claim(job.uid)
        held = look(job)
        with acting_as(job.asked_by):
            held.report(1, 4, "One of four")
        seen = at_once(lambda: look(job))[0]
        assert (seen.done, seen.total, seen.sentence) == (1, 4, "One of four")

    def test_is_written_a_few_times_a_second_at_most(self, job, django_assert_max_num_queries):
        ledger.claim(job.uid)
        held = look(job)
        with acting_as(job.asked_by), django_assert_max_num_queries(10):
            for n in range(1000):
                held.report(n, 1000)
        assert held.done == 999

    def test_of_a_step_is_seen_when_the_step_is_committed(self, job):
        ledger.claim(job.uid)
        held = look(job)
        with acting_as(job.asked_by), held.step({"next": 1}):
            held.report(1, 5)
            assert at_once(lambda: look(job))[0].done == 0
        assert look(job).done == 1


class TestWorkOutsideAStep:
    def test_has_no_rights(self, job):
        ledger.claim(job.uid)
        with acting_as(job.asked_by):
            assert not Job.objects.filter(pk=job.pk).exists(), "no transaction, nobody acts"
            with transaction.atomic():
                assert Job.objects.filter(pk=job.pk).exists()
