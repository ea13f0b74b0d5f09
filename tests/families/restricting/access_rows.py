"""Who may see a family: read, decided, lifted; the restricted families, and those that nobody decides on."""

from slf.access.rules import Role
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.factories import FamilyFactory
from tests.families.restricting.factories import REASON, left_alone

DECIDE = all_of(Role.MANAGER, Role.HEAD)
SEE = frozenset({Role.FSW, Role.SENIOR, Role.DATA, Role.BUSINESS})
"""They see the family's card; an open family's restriction is not theirs."""
OTHERS = frozenset(Role) - set(DECIDE)


def of(family) -> dict:
    return {"uid": family.uid}


def left() -> dict:
    return {"uid": left_alone(FamilyFactory(), by=User.objects.get(username="everything")).uid}


ROWS = [
    Row("access:restriction", of, get=DECIDE, not_their_job=SEE),
    Row("access:restrict", of, get=DECIDE, post=DECIDE, not_their_job=SEE),
    Row("access:lift", of, get=all_of(*DECIDE, status=302), post=all_of(*DECIDE, status=302), not_their_job=SEE),
    Row("access:restricted", get=DECIDE),
    Row("access:left", of_office=left, get={Role.HEAD: 200}, post={Role.HEAD: 200}, not_their_job=OTHERS),
    Row("api-restriction", of, get=DECIDE, post=all_of(*DECIDE, status=400), delete=all_of(*DECIDE, status=428),
        not_their_job=SEE),
    Row("api-restriction-people", of, get=DECIDE, not_their_job=SEE),
    Row("api-restricted", get=DECIDE),
    Row("api-restricted-name", of_office=left, post={Role.HEAD: 400}, post_body=lambda kwargs: {"reason": REASON},
        not_their_job=OTHERS),
]  # fmt: skip
