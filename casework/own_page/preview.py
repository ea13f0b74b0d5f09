"""What one person would see on their own page, for staff: put together by the function that the page itself asks."""

import json
from datetime import date
from typing import Any

from django.db import connection

from casework.own_page.models import OwnPage
from casework.own_page.rules import MARKS, SAID_OF, Progress


def preview_of(page: OwnPage) -> dict[str, Any]:
    """Return what the page shows, read under the rights of whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.shown_on_own_page(%s)", [page.pk])
        (found,) = cursor.fetchone()
    return readable(json.loads(found) if isinstance(found, str) else found)


def readable(found: dict[str, Any]) -> dict[str, Any]:
    """Return the same with days as days and answers in words."""
    goals = [goal | {"actions": [action(one) for one in goal["actions"]]} for goal in found["goals"]]
    said = [one | {"on": day(one["on"]), "mark": MARKS.get(one["mark"] or 0, "")} for one in found["said"]]
    mine = [one | {"goal": goal["words"]} for goal in goals for one in goal["actions"] if one["mine"]]
    days = {name: day(found[name]) for name in ("agreed_on", "ends_on")}
    return found | days | {"goals": goals, "said": said, "mine": mine}


def action(one: dict[str, Any]) -> dict[str, Any]:
    last = one["said"]
    told = last and last | {"on": day(last["on"]), "in_words": f"You {SAYING[last['progress']]}"}
    return one | {"due_on": day(one["due_on"]), "done_on": day(one["done_on"]), "said": told}


SAYING = {
    Progress.DONE: "said it is done",
    Progress.NOT_YET: "said not yet",
    Progress.HELP: "asked for help",
}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


__all__ = ["SAID_OF", "preview_of", "readable"]
