"""Actions of meetings of the team around a family, for whoever is to do them."""

from datetime import date, timedelta

from casework.meetings.models import MeetingAction
from performance.home.panels import Item, Panel, Part
from performance.home.worker import how_late
from slf.accounts.models import User
from slf.web.words import day_in_words

SOON = timedelta(days=7)
SHOWN = 8


def of_mine(user: User, on: date) -> Part:
    """What this person is to do within a week, the longest overdue first."""
    rows = MeetingAction.objects.visible_to(user).to_do().owned_by(user.pk).filter(due_on__lte=on + SOON)
    items = [item(row, on) for row in rows.select_related("family__merged_into", "meeting")[:SHOWN]]
    return Part(panels=(Panel("Agreed at meetings", items),))


def item(row: MeetingAction, on: date) -> Item:
    detail = f"{row.family.shown.name}, {day_in_words(row.due_on)}"
    href = f"{row.meeting.get_absolute_url()}#actions"
    return Item(row.what, href, detail=detail, families=(row.family_id,), **how_late(row.due_on, on))
