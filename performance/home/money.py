"""Money for families: what waits for who approves, and what a worker is told of what they asked for."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse_lazy

from casework.budget.models import Spending
from casework.budget.page import first_for, others_asked
from casework.budget.rules import State, pounds
from performance.home.panels import Item, Panel, Part
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
ALL = reverse_lazy("casework:spendings")
TOLD_FOR = timedelta(days=14)
"""How long it stays on the page that money was declined. Source: ``EXAMPLE``."""


def part(user: User, on: date) -> Part:
    """What this person asked for and can be bought now or was declined lately, and what waits for them first."""
    mine = Spending.objects.visible_to(user).filter(asked_by=user)
    mine = mine.filter(Q(state=State.APPROVED) | Q(state=State.DECLINED, decided_on__gt=on - TOLD_FOR))
    either = Q(pk__in=mine.values("pk")) | Q(pk__in=others_asked(user).values("pk"))
    found = list(Spending.objects.visible_to(user).filter(either).for_page().order_by("asked_on", "pk"))
    asked = sorted((row for row in found if row.asked_by_id == user.pk), key=lambda row: row.state == State.DECLINED)
    told = [of_declined(row) if row.state == State.DECLINED else of_approved(row) for row in asked[:SHOWN]]
    waiting = first_for(user, [row for row in found if row.asked_by_id != user.pk])
    return Part(
        panels=(
            Panel("Money you asked for", told),
            Panel("Money to approve", [of_request(row) for row in waiting[:SHOWN]], more="All", href=ALL),
        )
    )


def of_request(row: Spending) -> Item:
    detail = f"{pounds(row.amount)}: {row.short} Asked by {row.asked_by}, {day_in_words(row.asked_on)}"
    return item(row, detail, tag="Approve", tone="attention")


def of_approved(row: Spending) -> Item:
    detail = f"{pounds(row.amount)} for {row.payee}. Write down the payment when it is made"
    return item(row, detail, tag="To be paid", tone="new")


def of_declined(row: Spending) -> Item:
    return item(row, f"{pounds(row.amount)}: “{row.answer}”", tag="Declined", tone="neutral")


def item(row: Spending, detail: str, **more: str) -> Item:
    family = row.family.shown
    return Item(family.name, row.get_absolute_url(), detail=detail, families=(row.family_id,), **more)
