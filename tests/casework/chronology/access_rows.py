"""The story of a family is its record."""

from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.visits.access_rows import READERS, with_a_visit

ROWS = [
    Row("casework:chronology", subject=with_a_visit, get=all_of(*READERS)),
    Row("casework:print_chronology", subject=with_a_visit, get=all_of(*READERS)),
    Row("api-chronology", subject=with_a_visit, get=all_of(*READERS)),
    Row(
        "families:evidence",
        subject=with_a_visit,
        get=all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA),
    ),
    Row(
        "api-evidence",
        subject=with_a_visit,
        get=all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA),
    ),
]
