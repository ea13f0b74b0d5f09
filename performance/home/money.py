"""Money for families: what waits for who approves, and what a worker is told of what they asked for."""

from datetime import date, timedelta

from django.urls import reverse

from casework.budget.models import Spending
from casework.budget.page import awaiting
from casework.budget.rules import State, pounds
from performance.home.panels import Item, Panel, Part
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
TOLD_FOR = timedelta(days=14)
"""How long it stays on the page that money was declined. Source: ``EXAMPLE``."""


def to_approve(user: User, on: date) -> Part:
    """What waits for this person first, by the limit of their role, the longest waiting first."""
    items = [of_request(row) for row in awaiting(user)[:SHOWN]]
    return Part(panels=(Panel("Money to approve", items, more="All", href=reverse("casework:spendings")),))


def of_request(row: Spending) -> Item:
    detail = f"{pounds(row.amount)}: {row.short} Asked by {row.asked_by}, {day_in_words(row.asked_on)}"
    return item(row, detail, tag="Approve", tone="attention")


def of_mine(user: User, on: date) -> Part:
    """What this worker asked for and can be bought now, or was declined lately."""
    rows = Spending.objects.visible_to(user).filter(asked_by=user).for_page().order_by("decided_on", "pk")
    found = list(rows.to_pay() | rows.filter(state=State.DECLINED, decided_on__gt=on - TOLD_FOR))
    found.sort(key=lambda row: row.state == State.DECLINED)
    told = [of_declined(row) if row.state == State.DECLINED else of_approved(row) for row in found[:SHOWN]]
    return Part(panels=(Panel("Money you asked for", told),))


def of_approved(row: Spending) -> Item:
    detail = f"{pounds(row.amount)} for {row.payee}. Write down the payment when it is made"
    return item(row, detail, tag="To be paid", tone="new")


def of_declined(row: Spending) -> Item:
    return item(row, f"{pounds(row.amount)}: “{row.answer}”", tag="Declined", tone="neutral")


def item(row: Spending, detail: str, **more: str) -> Item:
    family = row.family.shown
    return Item(family.name, row.get_absolute_url(), detail=detail, families=(row.family_id,), **more)
