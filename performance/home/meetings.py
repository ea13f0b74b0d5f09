"""Meetings of teams around families: to plan and to type for business support, to finish for who works with them."""

from datetime import date, timedelta

from django.urls import reverse

from casework.meetings.models import Meeting
from casework.meetings.wanted import WantedMeeting
from performance.home.panels import Item, Panel, Part
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 12
SOON = timedelta(days=7)


def to_plan(user: User, on: date) -> Part:
    """What business support is asked for, the soonest first."""
    rows = WantedMeeting.objects.visible_to(user, can=Can.KEEP_MEETINGS).to_plan().for_list()[:SHOWN]
    return Part(
        panels=(Panel("Meetings to plan", [wanted(row, on) for row in rows], "No meeting waits to be planned."),)
    )


def wanted(row: WantedMeeting, on: date) -> Item:
    href = f"{reverse('casework:plan_meeting', args=[row.family.shown.uid])}?wanted={row.uid}"
    detail = f"{row.purpose} Asked for by {row.asked_by}, by {day_in_words(row.by_day)}"
    late = {"tag": "Overdue", "tone": "late"} if row.by_day < on else {}
    soon = {"tag": "Soon", "tone": "attention"} if not late and row.by_day <= on + SOON else {}
    return Item(row.family.shown.name, href, detail=detail, families=(row.family_id,), **late, **soon)


def to_type(user: User, on: date) -> Part:
    """Meetings that were held, each one press from its minutes."""
    rows = Meeting.objects.visible_to(user, can=Can.KEEP_MEETINGS).to_type(on=on).for_list().order_by("day", "pk")
    items = [typing(row) for row in rows[:SHOWN]]
    return Part(panels=(Panel("Minutes to type", items, "No minutes wait to be typed."),))


def typing(row: Meeting) -> Item:
    press = reverse("casework:write_minutes", args=[row.uid])
    detail = f"{row.when}, {row.place}"
    return Item(
        row.family.shown.name, row.get_absolute_url(), detail=detail, families=(row.family_id,), press=press,
        press_text="Write the minutes",
    )  # fmt: skip


def to_finish(user: User, on: date) -> Part:
    """Minutes that somebody typed, for who works with the family to read and finish."""
    rows = Meeting.objects.visible_to(user, can=Can.WORK_FAMILY).to_finish().for_list().order_by("typed_on", "pk")
    return Part(panels=(Panel("Minutes to finish", [finishing(row) for row in rows[:SHOWN]]),))


def finishing(row: Meeting) -> Item:
    detail = f"{row}, typed by {row.typed_by}"
    return Item(row.family.shown.name, row.get_absolute_url(), detail=detail, families=(row.family_id,),
                tag="To finish", tone="attention")  # fmt: skip
