"""A run on whose trail everything may be tried, and what changes it past the service."""

import pytest
from django.db import connection, transaction

from performance.audit import services as audit
from performance.audit.models import AuditTest
from performance.claims.putting_names import sign_run
from performance.trail.rules import Fault
from performance.trail.services import in_words, verify
from slf.access.acting import acting_as
from tests.database import superuser
from tests.performance.audit.sheets import SUPPORTED
from tests.performance.claims.conftest import claims, office, prepare, review, unconfirmed  # noqa: F401  (fixtures)
from tests.performance.claims.factories import family_with_a_result


@pytest.fixture
def run(prepare, everything):  # noqa: F811
    for _ in range(2):
        family_with_a_result(by=everything)
    return prepare()


@pytest.fixture
def signed(run, office, review):  # noqa: F811
    """Return the run reviewed, with its sample tested, passed and signed."""
    review(run)
    with acting_as(office.auditor):
        audit.draw_sample(run, by=office.auditor)
        with transaction.atomic():
            tests = list(AuditTest.objects.filter(run=run).select_related("run"))
        for test in tests:
            audit.record_test(test, sheet=SUPPORTED, by=office.auditor)
        audit.pass_run(run, level="full", by=office.auditor)
    with acting_as(office.head):
        sign_run(run, by=office.head)
    return run


@pytest.fixture
def past_the_service():
    """Return ``change(statement)``: by the superuser of the database, by whom triggers may be turned off."""

    def change(statement: str, *, triggers: bool = False) -> None:
        with superuser(connection.settings_dict["NAME"]) as cursor:
            if not triggers:
                cursor.execute("set session_replication_role = replica")
            cursor.execute(statement)

    return change


@pytest.fixture
def tried():
    """Return ``tried(statement)``: what is found once the superuser did that, which is then taken back."""
    with superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.connection.autocommit = False

        def change(statement: str) -> list[str]:
            try:
                cursor.execute("set local session_replication_role = replica")
                cursor.execute(statement)
                cursor.execute("select faults from slf.verify_trail()")
                return [in_words(Fault.of(told)) for (faults,) in cursor.fetchall() for told in faults]
            finally:
                cursor.connection.rollback()

        yield change


@pytest.fixture
def found():
    """Return what the clock finds: a sentence for each row that is not as it was chained."""

    def by_the_clock() -> list[str]:
        with acting_as(None):
            return verify().sentences

    return by_the_clock
