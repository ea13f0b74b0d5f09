from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.stars.factories import LOW, ReadingFactory

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORK = (Role.FSW, Role.SENIOR)
NOT_THEIRS = frozenset({Role.MANAGER, Role.HEAD})


def of_family(family):
    ReadingFactory(family=family)
    return {"uid": family.uid}


def of_reading(family):
    return {"uid": ReadingFactory(family=family).uid}


def marks(kwargs):
    answers = {f"mark-{code}": mark for code, mark in LOW.items()}
    day = {"taken_on_day": 1, "taken_on_month": 10, "taken_on_year": 2014}
    return {"completed": "together", "why": "Mistyped", **answers, **day}


def foreign(own, other):
    body = {"taken_on": "2014-10-01", "completed": "together", "marks": LOW, "why_corrected": "Mistyped"}
    missing = "00000000-0000-4000-8000-000000000000"
    other_reading = str(ReadingFactory(family=other).uid)
    return {"uid": own.uid}, body | {"corrects": other_reading}, body | {"corrects": missing}


ROWS = [
    Row("casework:star", of_family, get=READ),
    Row(
        "casework:take_reading", of_family, get=all_of(*WORK), post=all_of(*WORK, status=302), post_body=marks,
        not_their_job=NOT_THEIRS,
    ),
    Row(
        "casework:correct_reading", of_reading, get=all_of(*WORK), post=all_of(*WORK, status=302), post_body=marks,
        not_their_job=NOT_THEIRS,
    ),
    Row(
        "api-star-readings", of_family, get=READ, post=all_of(*WORK, status=201), not_their_job=NOT_THEIRS,
        post_body=lambda kwargs: {"taken_on": "2014-10-01", "completed": "together", "marks": LOW}, foreign=foreign,
    ),
]  # fmt: skip
