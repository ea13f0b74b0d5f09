"""Finding a family or somebody of its team for whoever may see or change it."""

from uuid import UUID

from casework.around.models import TeamMember
from families.people.models import Family
from slf.access.doors import get_or_refuse
from slf.access.rules import Can
from slf.accounts.models import User


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def member_or_refuse(user: User, uid: UUID) -> TeamMember:
    rows = TeamMember.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: TeamMember = get_or_refuse(rows, user, can=Can.WORK_FAMILY, uid=uid)
    return found
