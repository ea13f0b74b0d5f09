"""Finding a meeting, an action or a copy for whoever may see or write it."""

from uuid import UUID

from casework.meetings.models import Meeting, MeetingAction, MeetingCopy
from families.people.models import Family
from slf.access.doors import get_or_refuse
from slf.access.rules import Can
from slf.accounts.models import User


def meeting_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Meeting:
    rows = Meeting.objects.in_full(user).filter(family__in=Family.objects.open_to(user))
    found: Meeting = get_or_refuse(rows, user, can=can, uid=uid)
    return found


def action_or_refuse(user: User, uid: UUID) -> MeetingAction:
    rows = MeetingAction.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: MeetingAction = get_or_refuse(rows, user, can=Can.WORK_FAMILY, uid=uid)
    return found


def copy_or_refuse(user: User, uid: UUID) -> MeetingCopy:
    whom = ("invitee__person__merged_into", "invitee__member__service", "invitee__member__user", "invitee__user")
    rows = MeetingCopy.objects.select_related("meeting", "family__merged_into", *whom)
    rows = rows.filter(family__in=Family.objects.open_to(user))
    found: MeetingCopy = get_or_refuse(rows, user, uid=uid)
    return found
