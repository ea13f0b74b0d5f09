from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import Scope
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.merging.factories import APART, WHY, made_one
from tests.factories import FamilyFactory
from tests.families.households.factories import somebody

DECIDE = (Role.MANAGER, Role.HEAD)
SEE, GO, DO, TOLD, REFUSED = (all_of(*DECIDE, status=status) for status in (200, 302, 200, 400, 409))
NOT_THEIRS = frozenset({Role.FSW, Role.SENIOR})


def of_family(family):
    return {"uid": family.uid}


def beside(family: Family) -> Family:
    scope = Scope.objects.get(pk=family.scope_id)
    return FamilyFactory(name="Orton family", scope=scope)


def of_two(family):
    """The family beside itself: whoever may make it one with another is told that it is one already."""
    return {"uid": family.uid, "one": family.uid}


def of_merge(family):
    with acting_as(somebody()):
        return {"uid": made_one(beside(family), family).uid}


def why(kwargs):
    return {"reason": WHY}


def apart(kwargs):
    return {"reason": APART}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=NOT_THEIRS, **more)


ROWS = [
    row("casework:known_twice", of_family, get=SEE),
    row("casework:merge_families", of_two, get=SEE, post=TOLD, post_body=why),
    row("casework:merged_families", of_merge, get=SEE, post=GO, post_body=apart),
    Row("api-families-twice", get=SEE),
    row("api-merge-families", of_two, get=SEE, post=REFUSED, post_body=why),
    row("api-merged-families", of_merge, get=SEE, post=DO, post_body=apart),
]
