"""Marks of an entry: read and written by who works with the family."""

from casework.visits.models import Visit
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.closing.factories import EARLIER
from tests.casework.visits.access_rows import READERS as READERS_OF_RECORD
from tests.casework.visits.access_rows import with_a_visit
from tests.conftest import Everything

WORKERS = (Role.FSW, Role.SENIOR)
READERS = frozenset({Role.MANAGER, Role.HEAD})


def visit(family):
    by = Everything.make()
    with acting_as(by):
        made = Visit.objects.create(
            family=family, kind="home", happened_on=EARLIER, note="A note.", recorded_by=by
        )  # fmt: skip
    return {"about": "visit", "uid": made.uid}


def said(kwargs):
    return {"grade": "reported", "told_by_other": "The school"}


ROWS = [
    Row("casework:needs_of_family", with_a_visit, get=all_of(*READERS_OF_RECORD)),
    Row("api-needs-of-family", with_a_visit, get=all_of(*READERS_OF_RECORD)),
    Row("casework:mark_entry", visit, get=all_of(*WORKERS), post=all_of(*WORKERS, status=302), post_body=said,
        not_their_job=READERS),
    Row("api-marks", visit, get=all_of(*WORKERS), post=all_of(*WORKERS), post_body=said, not_their_job=READERS),
]  # fmt: skip
