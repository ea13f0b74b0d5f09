"""Closings of cases: what waits for who decides, and what a worker is told of theirs."""

from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse

from casework.cases.models import Case
from casework.closing.models import Closing, SustainmentCheck
from casework.closing.rules import CHECKED_SOON, State
from performance.home.panels import Item, Panel, Part
from performance.home.worker import how_late
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
TOLD_FOR = timedelta(days=28)
"""How long it stays on the page that a case was closed. Source: ``EXAMPLE``."""


def to_confirm(user: User, on: date) -> Part:
    """What workers proposed and nobody has decided, the longest waiting first."""
    rows = Closing.objects.visible_to(user, can=Can.CLOSE_CASE).waiting().for_page().order_by("proposed_on", "pk")
    return Part(panels=(Panel("Closings to confirm", [of_proposal(row) for row in rows[:SHOWN]]),))


def of_proposal(row: Closing) -> Item:
    detail = f"{row.because}. Proposed by {row.proposed_by}, {day_in_words(row.proposed_on)}"
    return item(row, detail, tag="Confirm", tone="attention")


def to_check(user: User, on: date) -> Part:
    """Families whose case was closed some months ago and of whom it is to be asked how they are."""
    rows = SustainmentCheck.objects.visible_to(user, can=Can.CLOSE_CASE).due(by=on + CHECKED_SOON).for_list()
    return Part(panels=(Panel("Closed families to ask after", [of_check(row, on) for row in rows[:SHOWN]]),))


def of_check(row: SustainmentCheck, on: date) -> Item:
    href = reverse("casework:sustainment_check", args=[row.uid])
    family = row.family.shown
    return Item(family.name, href, detail=str(row), families=(row.family_id,), **how_late(row.due_on, on))


def of_mine(user: User, on: date) -> Part:
    """What was sent back to this worker while the case is open, and which of their families they have no more."""
    back = Closing.objects.visible_to(user).filter(state=State.SENT_BACK, proposed_by=user, case__closed_on=None)
    latest = back.filter(decided_on__gt=on - TOLD_FOR).order_by("case_id", "-pk").distinct("case_id")
    again = set(Closing.objects.visible_to(user).waiting().filter(proposed_by=user).values_list("case", flat=True))
    items = [of_sent_back(row) for row in latest.select_related("family", "decided_by") if row.case_id not in again]
    return Part(
        panels=(
            Panel("Closings sent back", items),
            Panel("Cases closed lately", [of_closed(case) for case in closed_lately(user, on)], waits=False),
        )
    )


def of_sent_back(row: Closing) -> Item:
    return item(row, f"{row.decided_by}: “{row.answer}”", tag="Sent back", tone="attention")


def item(row: Closing, detail: str, **more: str) -> Item:
    href = reverse("casework:case", args=[row.family.uid])
    return Item(row.family.name, href, detail=detail, families=(row.family_id,), **more)


def closed_lately(user: User, on: date) -> list[Case]:
    """Return the cases that were closed while this person worked with the family."""
    lately = Case.objects.visible_to(user).filter(closed_on__gt=on - TOLD_FOR, closed_on__lte=on)
    mine = {"family__allocations__worker": user, "family__allocations__ended_on": F("closed_on")}
    return list(lately.filter(**mine).select_related("family").order_by("-closed_on", "pk")[:SHOWN])


def of_closed(case: Case) -> Item:
    family, day = case.family, day_in_words(case.closed_on)
    return Item(family.name, family.get_absolute_url(), detail=f"Case closed on {day}", families=(family.pk,))
