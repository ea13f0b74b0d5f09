"""Which person of which family an address names, and who may do what with them."""

from uuid import UUID

from django.http import Http404

from families.people.models import Family, Membership
from families.people.services import latest_last
from slf.access.doors import get_or_refuse
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User


def member_or_refuse(user: User, uid: UUID, person: UUID, *, can: Can = Can.READ) -> Membership:
    """Return somebody's latest time in a family's household; who is in no household of it is missing."""
    families = Family.objects.open_to(user) if can is not Can.READ else Family.objects.visible_to(user)
    family = get_or_refuse(families.select_related("scope__locality"), user, can=can, uid=uid)
    rows = Membership.objects.visible_to(user).of_each([family.pk]).of_people([person]).counted()
    rows = rows.select_related("person__merged_into")
    if not (times := sorted(rows, key=latest_last)):
        raise Http404
    member: Membership = times[-1]
    if member.family_id == family.pk:
        member.family = family
    return member


def is_open(member: Membership, user: User) -> bool:
    """Tell whether more than the card is this reader's to see."""
    family = member.family
    return rights_of(user).opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk)
