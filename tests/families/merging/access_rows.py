from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.families.households.factories import member, somebody
from tests.families.merging.factories import APART, BORN, WHY, entry, made_one

REVIEW = (Role.SENIOR, Role.MANAGER, Role.HEAD)
SEE, GO, DO, MAKE = (all_of(*REVIEW, status=status) for status in (200, 302, 200, 201))
NOT_THEIRS = frozenset({Role.FSW})


def of_family(family):
    return {"uid": family.uid}


def of_two(family):
    """Two entries of one family."""
    with acting_as(somebody()):
        rows = [entry(member(family, name, born_on=BORN)) for name in ("Lea", "Leah")]
    return {"uid": rows[0].uid, "one": rows[1].uid}


def of_merge(family):
    with acting_as(somebody()):
        lea, leah = (entry(member(family, name, born_on=BORN)) for name in ("Lea", "Leah"))
        return {"uid": made_one(lea, leah).uid}


def why(kwargs):
    return {"reason": WHY}


def apart(kwargs):
    return {"reason": APART}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=NOT_THEIRS, **more)


ROWS = [
    Row("families:twice", get=SEE),
    row("families:twice_here", of_family, get=SEE),
    row("families:merge", of_two, get=SEE, post=GO, post_body=why),
    row("families:merged", of_merge, get=SEE, post=GO, post_body=apart),
    Row("api-twice", get=SEE),
    row("api-merge", of_two, get=SEE, post=MAKE, post_body=why),
    row("api-merged", of_merge, get=SEE, post=DO, post_body=apart),
]
