import pytest
from django.db import transaction

from performance.claims import services
from performance.claims.models import Claim
from performance.claims.reviewing import localities_of, review_claims
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work import services as work
from tests.performance.claims.factories import (
    CLAIM_ON,
    confirm_everything,
    files_that_cover_everything,
    sign_off_warnings,
)
from tests.slf.work.workers import broker, workers  # noqa: F401  (fixtures)


@pytest.fixture
def unconfirmed():
    """Return the rules that nobody has confirmed; a class that wants some says which."""
    return ()


@pytest.fixture
def office(post, everything, unconfirmed):
    """Return the people of a claim, one for each step; with the rules confirmed and the files received."""

    class Office:
        data, auditor, head, sro = post(Role.DATA), post(Role.AUDITOR), post(Role.HEAD), post(Role.SRO)
        manager = post(Role.MANAGER)

    confirm_everything(by=Office.data, second=everything, but=unconfirmed)
    files_that_cover_everything(by=everything)
    return Office


@pytest.fixture
def prepare(office):
    """Return ``prepare(claim_on) -> ClaimRun``: a run judged as a worker would."""

    def make(claim_on=CLAIM_ON):
        with acting_as(office.data):
            run = services.prepare_run("P1", by=office.data, claim_on=claim_on)
            job = work.run(run.job.uid)
            with transaction.atomic():
                job.refresh_from_db()
                assert job.state == "done", job.error
                run.refresh_from_db()
        return run

    return make


@pytest.fixture
def review(office):
    """Return ``review(run) -> ClaimRun``: the run after every locality with lines agreed, each warning signed off."""

    def agree(run):
        with acting_as(office.manager), transaction.atomic():
            for each in localities_of(run, by=office.manager):
                run = review_claims(run, locality=each.locality, agreed=True, by=office.manager)
        sign_off_warnings(run, by=office.head)
        return run

    return agree


@pytest.fixture
def claims():
    def of(run):
        with transaction.atomic():
            return list(Claim.objects.filter(run=run).order_by("pk"))

    return of
