from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from slf.access.acting import acting_as
from slf.work import tasks
from slf.work.models import Job
from slf.work.rules import State
from slf.work.services import AlreadyAsked, promise, run
from tests.slf.work import kinds
from tests.slf.work.conftest import look


@pytest.fixture
def sent(monkeypatch):
    """Record the messages to the workers instead of sending them."""
    messages = []
    monkeypatch.setattr(tasks.current_app, "send_task", lambda name, **how: messages.append((name, how)))
    return messages


class TestPromisingWork:
    def test_is_a_row_that_waits(self, acting):
        job = promise("tests.count", by=acting, chunks=2)
        assert (job.state, job.kind, job.arguments) == (State.WAITING, "tests.count", {"chunks": 2})
        assert job.asked_by == acting
        assert job.title == "Counting chunks"

    def test_takes_the_function_as_well_as_its_name(self, acting):
        assert promise(kinds.count, by=acting, chunks=2).kind == "tests.count"

    def test_uses_the_queue_of_the_kind_unless_another_is_given(self, acting):
        assert promise(kinds.fail_at, by=acting, chunk=9).queue == "reports"
        assert promise(kinds.fail_at, by=acting, chunk=9, queue="default").queue == "default"

    def test_refuses_a_kind_that_nobody_wrote(self, acting):
        with pytest.raises(KeyError, match=r"tests\.unknown"):
            promise("tests.unknown", by=acting)

    def test_refuses_a_record_as_an_argument(self, acting):
        with pytest.raises(TypeError, match="row is not a reference"):
            promise("tests.count", by=acting, row={"name": "Ann"})

    def test_nudges_the_workers_after_the_commit(self, acting, sent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            job = promise("tests.count", by=acting, chunks=2)
            assert sent == []
        assert sent == [("slf.work.run", {"args": [str(job.uid)], "queue": "default", "retry": False})]

    def test_is_not_made_when_its_reason_is_undone(self, acting, sent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            promise("tests.count", by=acting, chunks=2)
            transaction.set_rollback(True)
        assert (Job.objects.count(), sent) == (0, [])

    def test_is_kept_when_the_broker_is_away(self, acting, monkeypatch, django_capture_on_commit_callbacks):
        def away(*args, **kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr(tasks.current_app, "send_task", away)
        with django_capture_on_commit_callbacks(execute=True):
            job = promise("tests.count", by=acting, chunks=2)
        assert look(job).state == State.WAITING


class TestAskingTwiceForTheSameWork:
    def test_is_one_promise(self, acting, sent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            first = promise("tests.count", by=acting, once="import 7", chunks=2)
            again = promise("tests.count", by=acting, once="import 7", chunks=2)
        assert again == first
        assert len(sent) == 1

    def test_of_another_kind_is_another_promise(self, acting):
        first = promise("tests.count", by=acting, once="7", chunks=2)
        assert promise("tests.whoami", by=acting, once="7") != first

    def test_gives_the_finished_job_when_it_is_done(self, acting):
        job = run(promise("tests.count", by=acting, once="7", chunks=2).uid)
        assert promise("tests.count", by=acting, once="7", chunks=2).state == State.DONE
        assert run(job.uid) is None

    def test_starts_again_when_it_had_failed(self, acting, sent, django_capture_on_commit_callbacks):
        job = run(promise("tests.refuse", by=acting, once="7").uid)
        assert job.state == State.FAILED
        with django_capture_on_commit_callbacks(execute=True):
            again = promise("tests.refuse", by=acting, once="7")
        assert (again.state, again.error, len(sent)) == (State.WAITING, "", 1)

    def test_by_somebody_else_is_refused_in_a_sentence_that_names_nobody(self, acting, other):
        promise("tests.count", by=acting, once="7", chunks=2)
        with acting_as(other), pytest.raises(AlreadyAsked, match="Somebody else has already asked"):
            promise("tests.count", by=other, once="7", chunks=2)


class TestWhoSeesAJob:
    def test_the_person_who_asked_does(self, acting):
        job = promise("tests.count", by=acting, chunks=2)
        assert list(Job.objects.asked_by(acting)) == [job]

    def test_nobody_else_does_even_when_the_code_forgets_to_ask_whose_it_is(self, acting, other):
        promise("tests.count", by=acting, chunks=2)
        with acting_as(other):
            assert not Job.objects.exists()

    def test_nobody_else_can_change_it(self, acting, other):
        job = promise("tests.count", by=acting, chunks=2)
        with acting_as(other):
            assert Job.objects.filter(pk=job.pk).update(due_at=job.due_at - timedelta(days=1)) == 0

    def test_nobody_promises_in_somebody_elses_name(self, acting, other):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            promise("tests.count", by=other, chunks=2)


class TestTheTable:
    @pytest.mark.parametrize(
        "columns",
        [
            pytest.param({"state": "resting"}, id="a state that does not exist"),
            pytest.param({"state": "done"}, id="done without an end"),
            pytest.param({"state": "running"}, id="running without a heartbeat"),
        ],
    )
    def test_refuses(self, acting, columns):
        job = promise("tests.count", by=acting, chunks=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(pk=job.pk).update(**columns)

    def test_refuses_to_lose_a_job(self, acting):
        job = promise("tests.count", by=acting, chunks=1)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Job.objects.filter(pk=job.pk).delete()
