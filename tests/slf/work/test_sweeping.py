from datetime import timedelta

import pytest

from slf.access.acting import acting_as
from slf.work import ledger, rules, services
from slf.work.services import promise, run, sweep
from tests.slf.work.conftest import set_back

LATER = timedelta(seconds=11)


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(services, "nudge", lambda uid, queue: messages.append((uid, queue)))
    return messages


@pytest.fixture
def job(asker):
    with acting_as(asker):
        return promise("tests.count", by=asker, queue="reports", chunks=1)


class TestSweeping:
    def test_leaves_a_job_alone_that_was_just_sent(self, job, sent):
        assert (sweep(), sent) == (0, [])

    def test_sends_a_job_again_that_no_worker_took(self, job, sent):
        set_back(job, due_at=LATER, sent_at=LATER)
        sweep()
        assert sent == [(job.uid, "reports")]

    def test_sends_it_once_however_often_it_runs(self, job, sent):
        set_back(job, due_at=LATER, sent_at=LATER)
        assert [sweep(), sweep()] == [1, 0]

    def test_sends_less_and_less_often_what_waits_in_a_long_queue(self, job, sent):
        set_back(job, due_at=timedelta(seconds=60), sent_at=timedelta(seconds=20))
        assert sweep() == 0, "it was sent again 40 seconds after it was due, so the next is 40 seconds later"

    def test_sends_at_least_every_minute_or_so(self, job, sent):
        set_back(job, due_at=timedelta(hours=5), sent_at=timedelta(seconds=61))
        assert sweep() == 1

    def test_sends_a_job_whose_time_to_be_tried_again_has_come(self, asker, sent):
        with acting_as(asker):
            job = promise("tests.fail_at", by=asker, chunk=0)
        run(job.uid)
        assert sweep() == 0
        set_back(job, due_at=timedelta(seconds=6), sent_at=timedelta(seconds=6))
        assert sweep() == 1

    def test_sends_a_job_whose_worker_died(self, job, sent):
        ledger.claim(job.uid)
        set_back(job, sent_at=LATER)
        assert sweep() == 0
        set_back(job, heartbeat_at=rules.LEASE)
        assert sweep() == 1

    def test_leaves_finished_work_alone(self, job, sent):
        run(job.uid)
        set_back(job, due_at=timedelta(days=1), sent_at=timedelta(days=1))
        assert sweep() == 0

    def test_sees_the_jobs_of_everyone_without_acting_for_anyone(self, job, other, sent):
        with acting_as(other):
            theirs = promise("tests.count", by=other, chunks=1)
        for each in (job, theirs):
            set_back(each, due_at=LATER, sent_at=LATER)
        sweep()
        assert {uid for uid, _ in sent} == {job.uid, theirs.uid}
