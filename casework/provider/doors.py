"""Finding a family or a provision for whoever may see it or write of it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.provider.models import Provision, WorkProgress
from families.people.models import Family
from slf.access.doors import get_or_refuse
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass, Role
from slf.accounts.models import User


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def provision_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Provision:
    rows = Provision.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: Provision = get_or_refuse(rows, user, can=can, uid=uid)
    return found


def progress_or_refuse(user: User, uid: UUID) -> WorkProgress:
    rows = WorkProgress.objects.for_page().select_related("provision__person__merged_into", "provision__family")
    rows = rows.filter(family__in=Family.objects.open_to(user))
    found: WorkProgress = get_or_refuse(rows, user, can=Can.PROVIDE, uid=uid)
    return found


def may(family: Family, user: User, can: Can) -> bool:
    """Tell whether the buttons for an act are shown on the family's page."""
    rights = rights_of(user)
    opens = rights.opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk, can=can)
    return opens and rights.may(can, family.scope_id)


def refuse_unless_of_the_provider(user: User) -> None:
    """Refuse whoever holds no post with the provider. One that nobody is shared with yet reaches nothing, and may."""
    if not user.posts.filter(role=Role.ESF, period__contains=timezone.localdate()).exists():
        raise PermissionDenied
