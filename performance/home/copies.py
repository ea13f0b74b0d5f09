"""Copies of the chronology: what waits for a senior, what is to be given, what came back. Asked for with own pages."""

from datetime import date, timedelta

from django.db.models import Q

from casework.copies.models import ChronologyCopy, ChronologyCopyQuerySet
from casework.copies.rules import State
from performance.home.panels import Item, Panel
from slf.access.rights import rights_of
from slf.access.rules import ROLES, Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
TOLD_FOR = timedelta(days=28)
"""How long it stays on the page that an asking was sent back. Source: ``EXAMPLE``."""


def rows_for(user: User, on: date) -> ChronologyCopyQuerySet:
    """Return those that somebody else asked for and this person releases, and their own to be given or come back."""
    decides = {scope for role, scope in rights_of(user).reaches if Can.DECIDE_SHARING in ROLES[role]}
    to_release = Q(state=State.WAITING, scope__in=decides) & ~Q(asked_by=user)
    back = Q(state=State.SENT_BACK, decided_on__gt=on - TOLD_FOR)
    mine = Q(asked_by=user) & (Q(state=State.RELEASED) | back)
    return ChronologyCopy.objects.visible_to(user).filter(to_release | mine)


def panels(rows: ChronologyCopyQuerySet) -> tuple[Panel, Panel]:
    found = list(rows.for_page().defer("content").order_by("asked_on", "pk")[: 2 * SHOWN])
    waiting = [of_asking(row) for row in found if row.state == State.WAITING]
    theirs = [of_mine(row) for row in found if row.state != State.WAITING]
    return (
        Panel("Copies of the chronology to release", waiting[:SHOWN]),
        Panel("Copies of the chronology", theirs[:SHOWN]),
    )


def of_asking(row: ChronologyCopy) -> Item:
    return item(row, f"Asked for by {row.asked_by}, {day_in_words(row.asked_on)}", tag="Read", tone="attention")


def of_mine(row: ChronologyCopy) -> Item:
    if row.state == State.SENT_BACK:
        return item(row, f"{row.decided_by}: “{row.answer}”", tag="Sent back", tone="attention")
    return item(row, f"Released by {row.decided_by}", tag="Give", tone="attention")


def item(row: ChronologyCopy, detail: str, **more: str) -> Item:
    who = f"{row.person}, {row.family.name}"
    return Item(who, row.get_absolute_url(), detail=detail, families=(row.family_id,), **more)
