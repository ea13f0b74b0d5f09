"""A run whose evidence has been kept for its time: audited and signed, withdrawn long ago, its day come."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from performance.claims.disposal import services
from performance.claims.models import ClaimRun
from performance.claims.rules import State
from performance.claims.whole_run import let_go_of_people
from slf.access.acting import acting_as
from tests.performance.trail.conftest import (  # noqa: F401  (fixtures)
    claims,
    found,
    office,
    past_the_service,
    prepare,
    review,
    run,
    signed,
    unconfirmed,
)

LONG_AGO, SINCE = datetime(2015, 3, 2, 12, tzinfo=UTC), "2022-03-02"
WHY = "Asked the department: nobody needs it"


@pytest.fixture
def closed(signed, office):  # noqa: F811
    """Return the run, withdrawn on 2 March 2015."""
    with acting_as(office.data), transaction.atomic():
        rows = ClaimRun.objects.filter(pk=signed.pk)
        said = {"withdrawn_by": office.data, "withdrawn_because": "Made by mistake", "withdrawn_at": LONG_AGO}
        rows.update(state=State.WITHDRAWN, **said)
        let_go_of_people(signed)
        return rows.get()


@pytest.fixture
def proposed(closed, office, settings):  # noqa: F811
    """Return the proposal of the data officer, made on the first day it may be."""
    settings.SERVICE_DATE = SINCE
    with acting_as(office.data):
        return services.propose(closed, reason=WHY, by=office.data)


@pytest.fixture
def gone(proposed, office):  # noqa: F811
    """Return the disposal once the auditor confirmed it."""
    with acting_as(office.auditor):
        return services.dispose(proposed, by=office.auditor)
