"""Finding a family, help or a session for whoever may see or write it."""

from uuid import UUID

from casework.interventions.models import Help, HelpSession
from families.people.models import Family
from slf.access.doors import get_or_refuse
from slf.access.rules import Can
from slf.accounts.models import User


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def help_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Help:
    rows = Help.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: Help = get_or_refuse(rows, user, can=can, uid=uid)
    return found


def session_or_refuse(user: User, uid: UUID) -> HelpSession:
    rows = HelpSession.objects.select_related("help__method", "help__family__merged_into", "family__merged_into")
    rows = rows.filter(family__in=Family.objects.open_to(user))
    found: HelpSession = get_or_refuse(rows, user, can=Can.WORK_FAMILY, uid=uid)
    return found
