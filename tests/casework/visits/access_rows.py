"""A family's visits: its record. A note in the making: its writer's alone."""

from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of
from tests.casework.visits.factories import VisitFactory

READERS = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
RECORDERS = (Role.FSW, Role.SENIOR, Role.MANAGER)
CARD_READERS = frozenset({Role.HEAD, Role.DATA, Role.BUSINESS})


def of_family(family):
    return {"uid": family.uid}


def with_a_visit(family):
    VisitFactory(family=family)
    return of_family(family)


def a_visit(kwargs):
    return {"kind": "phone", "happened_on": "2014-10-15", "note": "Nobody answered.", "sightings": []}


ROWS = [
    Row("casework:visits", subject=with_a_visit, get=all_of(*READERS)),
    Row(
        "casework:record_visit",
        subject=of_family,
        get=all_of(*RECORDERS),
        post=all_of(*RECORDERS, status=302),
        not_their_job=CARD_READERS,
    ),
    Row(
        "api-visits",
        subject=with_a_visit,
        get=all_of(*READERS),
        post=all_of(*RECORDERS, status=201) | dict.fromkeys(CARD_READERS, 403),
        post_body=a_visit,
    ),
    Exempt("casework:visit_draft", "The caller's own note only: tests/casework/visits/test_pages.py, out of reach."),
]
