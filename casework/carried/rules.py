"""Where something can be agreed before it is an action of the plan."""

from collections.abc import Mapping
from enum import StrEnum

from slf.web.errors import Conflict


class Kind(StrEnum):
    VISIT = "visit"
    MEETING = "meeting"
    SUPERVISION = "supervision"
    TASK = "task"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.VISIT: "Agreed on a visit",
    Kind.MEETING: "Taken on at a meeting",
    Kind.SUPERVISION: "Agreed in supervision",
    Kind.TASK: "Task",
}
TABLES: Mapping[Kind, str] = {
    Kind.VISIT: "casework_visit",
    Kind.MEETING: "casework_meetingaction",
    Kind.SUPERVISION: "casework_agreedaction",
    Kind.TASK: "casework_task",
}
"""Where PostgreSQL finds each (``sql.py``)."""
ON_PLAN, TONE = "On the plan", "good"
"""How something stands that is an action of the plan the family lives by: it is settled there and nowhere else."""


def there_already(what: str) -> Conflict:
    return Conflict(f"That is on the plan already: “{what}”. Change it there.")
