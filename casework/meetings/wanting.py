"""Asking business support for a meeting, planning what was asked for, and saying that it is not needed any more."""

from datetime import date
from typing import Any

from django.db import transaction

from casework.diary.services import case_is_over
from casework.meetings import rules
from casework.meetings.holding import hold_for_meetings
from casework.meetings.models import Meeting
from casework.meetings.rules import Wanted, WrongMeeting
from casework.meetings.services import plan_meeting
from casework.meetings.wanted import WantedMeeting
from families.people.models import Family
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed


@transaction.atomic
def ask_for_meeting(family: Family, *, purpose: str, by_day: date, by: User, on: date) -> WantedMeeting:
    """Ask business support to plan a meeting. The same again is the same."""
    if not purpose.strip():
        raise WrongMeeting("Write the purpose.", field="purpose")
    if by_day < on:
        raise WrongMeeting("Give today or a day to come.", field="by_day")
    family = hold_for_meetings(family, by=by, can=Can.WORK_FAMILY)
    if case_is_over(family):
        raise NotAllowed(rules.OVER)
    same = WantedMeeting.objects.visible_to(by).to_plan().filter(family=family, purpose=purpose.strip())
    if (there := same.first()) is not None:
        return _again(there, by_day=by_day)
    made = WantedMeeting(
        family=family, purpose=purpose.strip(), by_day=by_day, asked_by=by, asked_on=on, state=Wanted.WANTED
    )
    made.save()
    return made


def _again(there: WantedMeeting, *, by_day: date) -> WantedMeeting:
    if there.by_day != by_day:
        raise Conflict(rules.WANTED_ALREADY)
    return there


@transaction.atomic
def plan_wanted(wanted: WantedMeeting, *, by: User, on: date, **said: Any) -> Meeting:
    """Plan the meeting that was asked for. Safe twice."""
    held = _lock(wanted, by=by)
    if held.meeting is not None and held.settled_by_id == by.pk:
        return held.meeting
    _check_wanted(held)
    made = plan_meeting(held.family, by=by, on=on, **said)
    if made.asked_for is not None:
        raise Conflict(rules.ALREADY)
    held.state, held.meeting, held.settled_by, held.settled_on = Wanted.PLANNED, made, by, on
    held.save(update_fields=["state", "meeting", "settled_by", "settled_on"])
    return made


@transaction.atomic
def drop_wanted(wanted: WantedMeeting, *, by: User, on: date) -> WantedMeeting:
    """Say that the meeting is not needed any more. Safe twice."""
    held = _lock(wanted, by=by)
    if held.state == Wanted.DROPPED and held.settled_by_id == by.pk:
        return held
    _check_wanted(held)
    held.state, held.settled_by, held.settled_on = Wanted.DROPPED, by, on
    held.save(update_fields=["state", "settled_by", "settled_on"])
    return held


def _lock(wanted: WantedMeeting, *, by: User) -> WantedMeeting:
    hold_for_meetings(wanted.family, by=by)
    rows = (
        WantedMeeting.objects.visible_to(by)
        .select_related("family", "meeting")
        .select_for_update(of=("self",), no_key=True)
    )
    held: WantedMeeting = rows.get(pk=wanted.pk)
    return held


def _check_wanted(wanted: WantedMeeting) -> None:
    if not wanted.is_wanted:
        raise Conflict(rules.NOT_WANTED.format(state=wanted.get_state_display().lower()))
