"""Whose the meetings of a family are to keep, and taking turns over them."""

from django.db import connection

from casework.meetings.models import Meeting
from families.people.models import Family
from families.people.services import SEEN_OTHERWISE
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.web.errors import NotAllowed, NotForYou

NOT_YOURS = "Only who works with the family, and business support, keeps its meetings."


def reads_record(family: Family, user: User) -> bool:
    """Tell whether somebody reads the record itself: business support reads its meetings alone."""
    return rights_of(user).opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk)


def hold_for_meetings(family: Family, *, by: User, can: Can = Can.KEEP_MEETINGS) -> Family:
    """Take turns over the meetings of a family; refuse whoever may not keep them."""
    if not Family.objects.visible_to(by, can=can).filter(pk=family.pk).exists():
        raise NotForYou(NOT_YOURS)
    with connection.cursor() as cursor:
        cursor.execute("select slf.hold_for_meetings(%s)", [family.pk])
        if not cursor.fetchone()[0]:
            raise NotAllowed(SEEN_OTHERWISE)
    held: Family = Family.objects.visible_to(by).get(pk=family.pk)
    return held


def lock(meeting: Meeting, *, by: User, can: Can = Can.KEEP_MEETINGS) -> Meeting:
    """Take turns over a meeting; refuse whoever may not keep the meetings of the family."""
    hold_for_meetings(meeting.family, by=by, can=can)
    rows = Meeting.objects.visible_to(by).select_related("family").select_for_update(of=("self",), no_key=True)
    held: Meeting = rows.get(pk=meeting.pk)
    return held
