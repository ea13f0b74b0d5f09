"""Workers killed, frozen and cut off in the middle, as real processes: everything is done, and nothing twice."""

import os
import random
import signal
import time

import pytest

from slf.access.acting import acting_as
from slf.work.rules import State
from slf.work.services import promise
from tests.slf.work.workers import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

CHUNKS = 40
ALL = sorted(f"count {n}" for n in range(CHUNKS))


@pytest.fixture
def ask(asker):
    """Promise a job of two seconds or so, in 40 chunks, half of each inside its transaction."""

    def ask(*, queue="default", pause=25, rest=25):
        with acting_as(asker):
            return promise("tests.count", by=asker, queue=queue, chunks=CHUNKS, pause=pause, rest=rest)

    return ask


def in_the_middle(job):
    return 3 <= job.done < CHUNKS - 5


def over(job):
    return job.is_over


class TestAWorker:
    @pytest.mark.parametrize("queue", ["default", "reports"])
    def test_does_what_was_promised(self, workers, ask, effects, queue):
        workers()
        job = wait_until(ask(queue=queue), over)
        assert (job.state, job.result, job.attempts) == (State.DONE, {"chunks": CHUNKS}, 1)
        assert effects() == ALL


class TestAWorkerThatIsSwitchedOff:
    def test_is_followed_by_the_next_one_which_goes_on(self, workers, ask, effects):
        first = workers()
        job = wait_until(ask(), in_the_middle)
        first.kill()
        left_at = wait_until(job, lambda job: True).cursor["next"]
        workers()
        done = wait_until(job, over)
        assert (done.state, done.attempts) == (State.DONE, 2)
        assert left_at < CHUNKS
        assert effects() == ALL

    def test_loses_one_process_and_goes_on_by_itself(self, workers, ask, effects):
        worker = workers()
        job = wait_until(ask(), in_the_middle)
        os.kill(worker.busy_child(), signal.SIGKILL)
        assert wait_until(job, over).state == State.DONE
        assert effects() == ALL


class TestAnEmptiedBroker:
    def test_loses_nothing_that_was_waiting(self, workers, broker, ask, effects):
        job = ask()
        assert broker.llen("default") == 1
        broker.flushdb()
        workers()
        assert wait_until(job, over).state == State.DONE
        assert effects() == ALL

    def test_loses_nothing_that_was_running_when_its_worker_died(self, workers, broker, ask, effects):
        first = workers()
        job = wait_until(ask(), in_the_middle)
        first.kill()
        broker.flushdb()
        workers()
        assert wait_until(job, over).state == State.DONE
        assert effects() == ALL


class TestAFrozenWorker:
    def test_that_wakes_up_does_nothing_a_second_time(self, workers, ask, effects):
        first = workers()
        job = wait_until(ask(pause=0, rest=60), in_the_middle)
        first.signal(signal.SIGSTOP)
        workers()
        taken_over = wait_until(job, lambda job: job.attempts == 2 or job.is_over)
        first.signal(signal.SIGCONT)
        assert wait_until(taken_over, over).state == State.DONE
        assert_said(first, f"Job {job.uid} (tests.count) was given to another worker; attempt 1 stops.")
        assert effects() == ALL


def assert_said(worker, sentence, *, seconds=10):
    until = time.monotonic() + seconds
    while sentence not in worker.log.read_text():
        assert time.monotonic() < until, worker.log.read_text()
        time.sleep(0.1)


def begun_after(attempt):
    return lambda job: job.attempts > attempt or job.is_over


@pytest.mark.soak
class TestTwentyKillsAtRandom:
    def test_leave_every_chunk_done_once(self, workers, broker, ask, effects):
        seed = random.randrange(10**6)
        print(f"seed {seed}")  # noqa: T201
        chance, kills, jobs = random.Random(seed), 0, 0
        while kills < 20:
            job, jobs = ask(), jobs + 1
            kills += self.kill_until_over(job, workers, broker, chance)
            assert wait_until(job, over).state == State.DONE, f"seed {seed}"
            assert len(effects()) == jobs * CHUNKS, f"seed {seed}"

    def kill_until_over(self, job, workers, broker, chance):
        """Kill the worker some time after each attempt begins, and empty the broker every other time."""
        kills = 0
        while True:
            worker = workers()
            wait_until(job, begun_after(kills))
            time.sleep(chance.uniform(0, 1.5))
            worker.kill()
            if wait_until(job, lambda job: True).is_over:
                return kills
            kills += 1
            if chance.random() < 0.5:
                broker.flushdb()
