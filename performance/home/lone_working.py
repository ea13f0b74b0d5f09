"""Whoever is late or called for help, for who answers; and that one is out oneself."""

from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from casework.lone_working.models import Outing
from casework.lone_working.services import late_or_own
from performance.home.panels import Item, Panel, Part
from slf.accounts.models import User


def part(user: User, on: date) -> Part:
    """Return both; either is left out where there is nothing."""
    rows = list(late_or_own(user))
    late = [of_alarm(row) for row in rows if row.user_id != user.pk]
    return Part(
        panels=(
            Panel("Alarms", late, more="All alarms", href=reverse("casework:alarms")),
            Panel("You are out", [of_mine(row) for row in rows if row.user_id == user.pk]),
        )
    )


def of_alarm(row: Outing) -> Item:
    tag = {"tag": row.get_because_display(), "tone": "late"} if row.raised_at else {"tag": "Late", "tone": "attention"}
    by = f" {row.answered_by} answers it." if row.answered_by else ""
    return Item(str(row.user), row.get_absolute_url(), detail=f"Back at {localtime(row.due_at):%H:%M}.{by}", **tag)


def of_mine(row: Outing) -> Item:
    detail = f"Back at {localtime(row.due_at):%H:%M}. Say it when you are."
    raised = {"tag": "Alarm raised", "tone": "late"} if row.told_to_its_owner else {}
    return Item(row.place, reverse("casework:lone_working"), detail=detail, **raised)
