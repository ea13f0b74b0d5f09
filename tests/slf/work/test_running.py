from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from slf.access.acting import acting_as, acting_id
from slf.work import ledger, rules
from slf.work.models import Job, LostLease
from slf.work.rules import State
from slf.work.services import _attempt, promise, run
from tests.slf.work.conftest import look, set_back
from tests.slf.work.kinds import leave_effect

PAST_THE_LEASE = rules.LEASE + timedelta(seconds=1)


@pytest.fixture
def a_job(asker):
    def make(kind="tests.count", **arguments):
        with acting_as(asker):
            return promise(kind, by=asker, **arguments)

    return make


class TestAJobThatGoesWell:
    def test_is_done_with_its_result_and_where_to_find_it(self, a_job):
        job = run(a_job(chunks=3).uid)
        assert (job.state, job.result, job.result_url) == (State.DONE, {"chunks": 3}, "/counted/")
        assert (job.done, job.total, job.sentence, job.percent) == (3, 3, "Chunk 3 of 3", 100)
        assert job.started_at <= job.finished_at

    def test_leaves_each_effect_once(self, a_job, effects):
        run(a_job(chunks=3).uid)
        assert effects() == ["count 0", "count 1", "count 2"]

    def test_acts_in_the_name_of_the_person_who_asked(self, a_job, asker):
        assert run(a_job("tests.whoami").uid).result == {"acting": asker.pk}

    def test_acts_for_nobody_afterwards(self, a_job):
        job = a_job("tests.whoami")
        with acting_as(None):
            run(job.uid)
            assert acting_id() is None

    def test_is_not_done_again(self, a_job, effects):
        job = a_job(chunks=1)
        run(job.uid)
        assert run(job.uid) is None
        assert effects() == ["count 0"]

    def test_is_not_started_before_it_is_due(self, a_job):
        job = a_job(chunks=1)
        set_back(job, due_at=timedelta(minutes=-1))
        assert run(job.uid) is None


class TestAJobThatIsRefused:
    def test_fails_at_once_with_the_sentence_of_the_refusal(self, a_job):
        job = run(a_job("tests.refuse").uid)
        assert (job.state, job.error) == (State.FAILED, "The file has no column called UPN.")
        assert job.result_url == "/refused/"

    def test_leaves_nothing_of_the_chunk(self, a_job, effects):
        run(a_job("tests.refuse").uid)
        assert effects() == []


class TestAJobThatGoesWrong:
    def test_waits_to_be_tried_again_and_says_so(self, a_job):
        job = run(a_job("tests.fail_at", chunk=2).uid)
        assert (job.state, job.error, job.errors) == (State.WAITING, rules.GOING_TO_RETRY, 1)
        assert job.due_at > job.heartbeat_at + timedelta(seconds=3)

    def test_shows_the_asker_nothing_of_the_error_itself(self, a_job):
        assert "child" not in run(a_job("tests.fail_at", chunk=2).uid).error

    def test_writes_the_error_to_the_log(self, a_job, caplog):
        job = run(a_job("tests.fail_at", chunk=2).uid)
        assert f"Job {job.uid} (tests.fail_at) went wrong in attempt 1." in caplog.text
        assert "RuntimeError" in caplog.text

    def test_goes_on_from_the_chunk_that_went_wrong(self, a_job, effects):
        job = a_job("tests.fail_at", chunk=2)
        run(job.uid)
        assert effects() == ["fail 0", "fail 1"]
        set_back(job, due_at=timedelta(minutes=1))
        run(job.uid)
        assert effects() == ["fail 0", "fail 1"]

    def test_fails_in_the_end(self, a_job):
        job = a_job("tests.fail_at", chunk=2)
        for _ in range(rules.ERRORS_ALLOWED):
            assert look(job).state == State.WAITING
            run(job.uid)
            set_back(job, due_at=timedelta(hours=1))
        assert (look(job).state, look(job).error) == (State.FAILED, rules.GAVE_UP)

    def test_starts_counting_errors_anew_when_the_cursor_moves(self, a_job):
        job = a_job("tests.fail_at", chunk=2)
        with acting_as(job.asked_by):
            Job.objects.filter(pk=job.pk).update(errors=rules.ERRORS_ALLOWED - 1)
        assert run(job.uid).errors == 1


class TestAnAskerWhoLeft:
    def test_is_not_worked_for(self, a_job, asker, effects):
        job = a_job(chunks=2)
        type(asker).objects.filter(pk=asker.pk).update(is_active=False)
        done = run(job.uid)
        assert (done.state, done.error) == (State.FAILED, rules.ACCOUNT_CLOSED)
        assert effects() == []


class TestAWorkerThatDied:
    def test_is_believed_until_its_lease_ends(self, a_job):
        job = a_job(chunks=1)
        assert ledger.claim(job.uid).attempt == 1
        assert ledger.claim(job.uid) is None

    def test_loses_the_job_to_the_next_one_after_that(self, a_job):
        job = a_job(chunks=1)
        ledger.claim(job.uid)
        set_back(job, heartbeat_at=PAST_THE_LEASE)
        assert ledger.claim(job.uid).attempt == 2

    def test_keeps_it_as_long_as_it_gives_signs_of_life(self, a_job):
        job = a_job(chunks=1)
        claim = ledger.claim(job.uid)
        set_back(job, heartbeat_at=PAST_THE_LEASE)
        ledger.beat(job.uid, attempt=claim.attempt)
        assert ledger.claim(job.uid) is None

    def test_leaves_off_where_the_next_one_begins(self, a_job, effects):
        job = a_job(chunks=3)
        ledger.claim(job.uid)
        with acting_as(job.asked_by), look(job).step({"next": 2}):
            pass
        set_back(job, heartbeat_at=PAST_THE_LEASE)
        assert run(job.uid).state == State.DONE
        assert effects() == ["count 2"]

    def test_counts_towards_giving_up(self, a_job):
        job = a_job(chunks=1)
        for _ in range(rules.ERRORS_ALLOWED):
            ledger.claim(job.uid)
            set_back(job, heartbeat_at=PAST_THE_LEASE)
        assert run(job.uid).error == rules.GAVE_UP


class TestAWorkerThatComesBackFromTheDead:
    @pytest.fixture
    def zombie(self, a_job):
        """Return the job as a worker holds it that has meanwhile been replaced."""
        job = a_job(chunks=1)
        ledger.claim(job.uid)
        held = look(job)
        set_back(job, heartbeat_at=PAST_THE_LEASE)
        assert ledger.claim(job.uid).attempt == 2
        return held

    def test_cannot_commit_a_chunk(self, zombie, effects):
        with acting_as(zombie.asked_by), pytest.raises(LostLease), zombie.step({"next": 1}):
            leave_effect(zombie, "from the dead")
        assert effects() == []
        assert look(zombie).cursor is None

    def test_cannot_report(self, zombie):
        with acting_as(zombie.asked_by), pytest.raises(LostLease), transaction.atomic():
            zombie.keep(done=1)

    def test_does_not_keep_the_job_alive(self, zombie):
        set_back(zombie, heartbeat_at=PAST_THE_LEASE)
        ledger.beat(zombie.uid, attempt=1)
        assert ledger.claim(zombie.uid).attempt == 3

    def test_does_not_mark_it_failed(self, zombie):
        with acting_as(zombie.asked_by):
            _attempt(zombie)
        assert (look(zombie).state, look(zombie).attempts) == (State.RUNNING, 2)

    @pytest.mark.parametrize("kind", ["tests.say_no", "tests.break"])
    @pytest.mark.parametrize("errors", [0, rules.ERRORS_ALLOWED - 1], ids=["the first time", "the last time"])
    def test_stops_quietly_however_its_own_attempt_ends(self, zombie, kind, errors, caplog):
        zombie.kind, zombie.errors = kind, errors
        with acting_as(zombie.asked_by):
            _attempt(zombie)
        now = look(zombie)
        assert (now.state, now.attempts, now.error) == (State.RUNNING, 2, "")
        assert "was given to another worker" in caplog.text


class TestAStep:
    @pytest.fixture
    def held(self, a_job):
        job = a_job(chunks=1)
        ledger.claim(job.uid)
        held = look(job)
        with acting_as(held.asked_by):
            yield held

    def test_keeps_the_cursor_given(self, held):
        with held.step({"row": 500}):
            pass
        assert look(held).cursor == {"row": 500}

    def test_keeps_the_cursor_set_inside(self, held):
        with held.step():
            held.cursor = {"row": 42}
        assert look(held).cursor == {"row": 42}

    def test_moves_nothing_when_it_goes_wrong(self, held):
        with pytest.raises(ZeroDivisionError), held.step({"row": 500}):
            raise ZeroDivisionError
        assert (held.cursor, look(held).cursor) == (None, None)

    def test_that_cannot_be_written_counts_as_an_error(self, held):
        held.errors = 3
        with pytest.raises(IntegrityError), held.step({"row": 500}):
            held.done = -1
        assert (held.errors, held.cursor) == (3, None)

    def test_cuts_a_sentence_that_is_too_long(self, held):
        with held.step({"row": 1}):
            held.report(1, 4, "x" * 600)
        assert look(held).sentence == "x" * 500

    def test_carries_the_report_made_inside_it(self, held):
        with held.step({"row": 1}):
            held.report(1, 4, "One of four")
        assert (look(held).done, look(held).total, look(held).sentence) == (1, 4, "One of four")

    def test_is_a_sign_of_life(self, held):
        set_back(held, heartbeat_at=timedelta(hours=1))
        with held.step({"row": 1}):
            pass
        with transaction.atomic():
            assert Job.objects.filter(pk=held.pk, heartbeat_at__gt=Now() - timedelta(minutes=1)).exists()
