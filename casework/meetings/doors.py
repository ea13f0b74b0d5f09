"""Finding a meeting, an action or a copy for whoever may see or write it."""

from uuid import UUID

from casework.meetings.models import Meeting, MeetingAction, MeetingCopy
from casework.meetings.wanted import WantedMeeting
from families.people.models import Family, FamilyQuerySet
from slf.access.doors import get_or_refuse
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User


def with_meetings(user: User) -> FamilyQuerySet:
    """Return the families whose meetings a person may open: business support opens nothing else of their record."""
    return Family.objects.open_to(user, record_class=RecordClass.MEETING)


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = with_meetings(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def meeting_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Meeting:
    rows = Meeting.objects.in_full(user).filter(family__in=with_meetings(user))
    found: Meeting = get_or_refuse(rows, user, can=can, uid=uid)
    return found


def wanted_or_refuse(user: User, uid: UUID) -> WantedMeeting:
    rows = WantedMeeting.objects.for_list().filter(family__in=with_meetings(user))
    found: WantedMeeting = get_or_refuse(rows, user, can=Can.KEEP_MEETINGS, uid=uid)
    return found


def action_or_refuse(user: User, uid: UUID) -> MeetingAction:
    rows = MeetingAction.objects.for_page().filter(family__in=with_meetings(user))
    found: MeetingAction = get_or_refuse(rows, user, can=Can.WORK_FAMILY, uid=uid)
    return found


def copy_or_refuse(user: User, uid: UUID) -> MeetingCopy:
    whom = ("invitee__person__merged_into", "invitee__member__service", "invitee__member__user", "invitee__user")
    rows = MeetingCopy.objects.select_related("meeting", "family__merged_into", *whom)
    rows = rows.filter(family__in=with_meetings(user))
    found: MeetingCopy = get_or_refuse(rows, user, uid=uid)
    return found
