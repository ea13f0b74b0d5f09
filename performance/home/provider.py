"""What waits for the provider's worker: answers, contacts, and whether somebody is still in work."""

from datetime import date

from django.urls import reverse_lazy

from casework.provider.shown import Row, with_us
from performance.home.panels import Item, Panel, Part
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
WITH_US = reverse_lazy("casework:provider")


def part(user: User, on: date) -> Part:
    rows = [row for row in with_us(user, on=on) if row.due]
    items = [of_row(row) for row in rows[:SHOWN]]
    return Part(panels=(Panel("With us", items, more="All of them", href=WITH_US),))


def of_row(row: Row) -> Item:
    one, tag = row.provision, ("Late", "late") if row.is_late else ("", "")
    due = f"{row.due.words}, by {day_in_words(row.due.by)}" if row.due else ""
    return Item(str(one.person), row.href, detail=due, tag=tag[0], tone=tag[1], families=(one.family_id,))
