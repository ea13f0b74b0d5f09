"""A run judged by several workers: each family once, and the same claims as one worker alone would make."""

import gc
import time
from contextlib import contextmanager

import pytest
from django.db import transaction

from bench import claimants
from performance.claims import chunks, judging, services
from performance.claims.assembly import attached_cases
from performance.claims.models import Chunk, Claim, ClaimRun, Judged
from performance.claims.rules import State
from performance.claims.whole_run import fingerprint
from performance.pbr.rules import Fact, Judgement
from slf.access.acting import acting_as
from slf.work import services as work
from slf.work.models import Job
from tests.at_once import LONGEST, Somebody, at_once, meanwhile
from tests.performance.claims.factories import CLAIM_ON, family_with_a_result
from tests.performance.claims.test_whole_run import closed_to_the_office
from tests.slf.work.workers import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def families(office, everything, monkeypatch):
    """Make four families with a result each, in chunks of one."""
    monkeypatch.setattr(chunks, "SIZE", 1)
    return [family_with_a_result(by=everything) for _ in range(4)]


@pytest.fixture
def run(families, office) -> ClaimRun:
    with acting_as(office.data):
        return services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON)


def of(run: ClaimRun) -> dict[str, list]:
    """Return all that a run holds, but for the keys its rows happen to have."""
    with transaction.atomic():
        rows = Judged.objects.filter(run=run).order_by("family_id")
        claims = Claim.objects.filter(run=run).order_by("pk")
        return {
            "judged": list(rows.values_list("family_id", "case", "judgement", "digest")),
            "claims": list(claims.values_list("family_id", "component", "amount", "price_rule")),
        }


def fresh(run: ClaimRun) -> ClaimRun:
    with transaction.atomic():
        return ClaimRun.objects.get(pk=run.pk)


def helper_of(run: ClaimRun, by) -> Job:
    """Wait until help is asked for, as a worker waits for its queue."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with acting_as(by), transaction.atomic():
            if found := Job.objects.filter(kind="claims.help", arguments__run=str(run.uid)).first():
                return found
        time.sleep(0.01)
    raise AssertionError("nobody asked for help")


@contextmanager
def one_is_held(run: ClaimRun, number: int, office):
    """Hold one chunk, as a worker that is judging it, while the run's job goes on; at the end let go of it unjudged."""
    other = Somebody(lambda: work.run(run.job.uid))
    with transaction.atomic():
        chunks.cut(run, by=office.data)
    with acting_as(office.data), transaction.atomic():
        assert Chunk.objects.select_for_update().get(run=run, number=number)
        other.start()
        wait_until(run.job, lambda job: job.done == 3, seconds=LONGEST)
        yield
        transaction.set_rollback(True)
    other.ended()


class TestTwoWorkers:
    def test_make_the_same_run_as_one_alone(self, run, office):
        work.run(run.job.uid)
        alone = of(run)
        with acting_as(office.data):
            services.withdraw_run(run, reason="To be judged by two", by=office.data)
            again = services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON)
        at_once(lambda: work.run(again.job.uid), lambda: work.run(helper_of(again, office.data).uid))
        again = fresh(again)
        assert (again.state, len(alone["claims"])) == (State.PREPARED, 4)
        assert of(again) == alone
        with acting_as(office.data), transaction.atomic():
            assert fingerprint(again) == again.digest

    def test_never_judge_one_family_both(self, run, families, office):
        with one_is_held(run, 2, office):
            with transaction.atomic():
                judged = set(Judged.objects.filter(run=run).values_list("family_id", flat=True))
            assert judged == {family.pk for family in families} - {families[1].pk}
            assert fresh(run).state == State.PREPARING

    def test_take_over_what_one_that_died_left(self, run, families, office):
        with one_is_held(run, 1, office):
            pass
        assert fresh(run).state == State.PREPARED
        assert [family for family, *_ in of(run)["claims"]] == [family.pk for family in families]

    def test_show_one_progress(self, run, office):
        with acting_as(office.data), transaction.atomic():
            chunks.cut(run, by=office.data)
            chunk = chunks.take(run, by=office.data)
            chunk.earned = []
            chunk.save()
            assert chunks.progress(run, by=office.data) == (1, 4)

    def test_leave_nothing_behind(self, run, office):
        at_once(lambda: work.run(run.job.uid), lambda: work.run(helper_of(run, office.data).uid))
        with acting_as(office.data), transaction.atomic():
            assert {job.state for job in Job.objects.filter(arguments__run=str(run.uid))} == {"done"}
            assert not Chunk.objects.exists()


class TestAChunk:
    def test_is_let_go_of_when_it_is_judged(self, run, office):
        """Nothing is collected while a run is judged, so no fact may hang in a ring of references."""
        with acting_as(office.data), transaction.atomic():
            book = judging.Book(run, by=office.data)
            cases = list(attached_cases(by=office.data, on=CLAIM_ON))
            judging.judge_chunk(cases[:1], book)  # what is made only once is made
            with hanging() as left:
                judging.judge_chunk(cases[1:], book)
        assert [each for each in left if isinstance(each, Fact | Judgement)] == []


@contextmanager
def hanging():
    """Yield a list that holds, at the end, what only the garbage collector would have found."""
    gc.collect()
    gc.disable()
    left = []
    try:
        yield left
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left.extend(gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


class TestAHelper:
    def test_is_not_asked_for_when_one_chunk_is_all(self, office, everything):
        family_with_a_result(by=everything)
        with acting_as(office.data):
            run = services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON)
            work.run(run.job.uid)
            with transaction.atomic():
                assert not Job.objects.filter(kind="claims.help").exists()

    def test_that_comes_late_changes_nothing(self, run, office):
        work.run(run.job.uid)
        before = fresh(run).digest
        assert work.run(helper_of(run, office.data).uid).state == "done"
        with acting_as(office.data), transaction.atomic():
            assert fingerprint(run) == before


class TestWithdrawing:
    @pytest.fixture
    def given_up(self, run, office) -> ClaimRun:
        """Return a run whose job gave up with its chunks cut."""
        with acting_as(office.data), transaction.atomic():
            chunks.cut(run, by=office.data)
            Job.objects.filter(pk=run.job_id).update(state="failed", finished_at=run.created_at)
        return run

    def test_waits_for_a_helper_and_leaves_it_nothing_to_judge(self, given_up, office):
        def withdraw():
            services.withdraw_run(given_up, reason="Made by mistake", by=office.data)

        with acting_as(office.data), meanwhile(withdraw, office.data) as (_, other):
            assert chunks.take(given_up, by=office.data)
            other.start()
        with acting_as(office.data), transaction.atomic():
            assert chunks.take(given_up, by=office.data) is None
        assert fresh(given_up).state == State.WITHDRAWN


class TestAFamilyClosedToTheOffice:
    def test_after_it_was_judged_is_not_claimed_for(self, run, families, office, everything):
        with one_is_held(run, 4, office):
            closing = Somebody(lambda: close(families[0], everything))
            closing.start()
            closing.ended()
        assert fresh(run).state == State.PREPARED
        assert [family for family, *_ in of(run)["claims"]] == [family.pk for family in families[1:]]


def close(family, everything) -> None:
    with acting_as(everything):
        closed_to_the_office(family, named=everything, by=everything)


@pytest.mark.faults
class TestWorkersSwitchedOff:
    def test_in_the_middle_lose_nothing_and_double_nothing(self, workers, broker):
        data = claimants.make_office()
        claimants.make_claimants(first=0, families=4 * chunks.SIZE, by=data)
        first = workers()
        with acting_as(data):
            run = services.prepare_run("P1", by=data, claim_on=claimants.CLAIM_ON)
        wait_until(run.job, lambda job: 0 < job.done < 4 * chunks.SIZE)
        first.kill()
        broker.flushdb()
        workers()
        done = wait_until(run.job, lambda job: job.is_over)
        assert (done.state, done.result["families"], done.attempts) == ("done", 4 * chunks.SIZE, 2)
        with acting_as(data), transaction.atomic():
            judged = list(Judged.objects.filter(run=run).values_list("family_id", flat=True))
            assert len(judged) == len(set(judged)) == 4 * chunks.SIZE
            assert fingerprint(run) == ClaimRun.objects.get(pk=run.pk).digest
