"""Planned visits: read with the record, planned and settled by who works with the family."""

from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.diary.factories import PlannedVisitFactory

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORKERS = (Role.FSW, Role.SENIOR)
NOT_WORKERS = frozenset({Role.MANAGER, Role.HEAD})
RECORDERS = (Role.FSW, Role.SENIOR, Role.MANAGER)


def of_family(family):
    return {"uid": family.uid}


def planned(family):
    return {"uid": PlannedVisitFactory(family=family).uid}


def when(kwargs):
    return {"kind": "school", "due_on": "2014-10-22", "due_at": "09:15", "minutes": 60, "goes": "me"}


def cancelled(kwargs):
    return {"reason": "family"}


def nobody(kwargs):
    return {"reason": "nobody_in"}


def row(name, subject, body, *, status, page=True):
    get = all_of(*WORKERS) if page else {}
    return Row(name, subject, get=get, post=all_of(*WORKERS, status=status), post_body=body, not_their_job=NOT_WORKERS)


ROWS = [
    row("casework:plan_visit", of_family, when, status=302),
    Row("casework:planned_visit", planned, get=READERS),
    Row("casework:record_planned_visit", planned, post=all_of(*RECORDERS, status=302),
        not_their_job=frozenset({Role.HEAD})),
    row("casework:move_planned_visit", planned, when, status=302),
    row("casework:cancel_planned_visit", planned, cancelled, status=302),
    row("casework:no_access_at_visit", planned, nobody, status=302),
    Row("api-planned-visits", of_family, get=READERS, post_body=when,
        post=all_of(*WORKERS, status=201) | dict.fromkeys(NOT_WORKERS, 403)),
    Row("api-my-planned-visits", get=all_of(Role.FSW, Role.SENIOR)),
    Row("api-planned-visit", planned, get=READERS),
    row("api-move-planned-visit", planned, when, status=200, page=False),
    row("api-cancel-planned-visit", planned, cancelled, status=200, page=False),
    row("api-no-access-at-visit", planned, nobody, status=200, page=False),
]  # fmt: skip
