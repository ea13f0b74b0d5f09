"""Assessments: what a worker has to write, review or look at again, and what waits to be signed off."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from casework.assessments.models import Assessment
from casework.assessments.page import Standing, standings
from casework.assessments.rules import State
from casework.glance.views import mine
from families.people.models import Family
from performance.home.panels import Item, Panel, Part
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8


def to_sign(user: User, on: date) -> Part:
    """What is finished and waits to be signed off by somebody else than who finished it, the longest waiting first."""
    rows = Assessment.objects.visible_to(user, can=Can.SIGN_ASSESSMENT).filter(state=State.FINISHED).for_page()
    waiting = rows.exclude(finished_by=user).order_by("finished_on", "pk")[:SHOWN]
    return Part(panels=(Panel("Assessments to sign off", [of_finished(row) for row in waiting]),))


def of_finished(row: Assessment) -> Item:
    detail = f"{row.kind_name} {row.number}, finished by {row.finished_by}, {day_in_words(row.finished_on)}"
    return item(row, detail, tag="Sign off", tone="attention")


def of_mine(user: User, on: date) -> Part:
    """What was sent back, what is in hand, and what is due of this worker's families."""
    families = mine(user)
    stand = standings([family.pk for family in families], by=user, on=on)
    pairs = [(family, stand[family.pk]) for family in families]
    items = [*sent_back(pairs), *in_hand(pairs), *due(pairs)]
    return Part(panels=(Panel("Assessments", items[:SHOWN]),))


def sent_back(pairs: Sequence[tuple[Family, Standing]]) -> Iterator[Item]:
    for _, stands in pairs:
        if (row := stands.in_hand) and row.was_sent_back:
            yield item(row, f"{row.sent_back_by}: “{row.sent_back_because}”", tag="Sent back", tone="attention")


def in_hand(pairs: Sequence[tuple[Family, Standing]]) -> Iterator[Item]:
    for _, stands in pairs:
        if (row := stands.in_hand) and row.state == State.WRITING:
            yield item(row, f"{row.kind_name} {row.number}, started on {day_in_words(row.started_on)}: carry on")


def due(pairs: Sequence[tuple[Family, Standing]]) -> Iterator[Item]:
    """Yield what is late or due soon and not begun, the latest first; one press starts it."""
    waiting = [(stands.due_on, family, stands) for family, stands in pairs if stands.in_hand is None and stands.due_on]
    for day, family, stands in sorted(waiting, key=lambda one: (one[0], one[1].name)):
        if stands.is_late or stands.is_soon:
            what = "Review" if stands.last else "First assessment"
            yield Item(
                family.name, reverse("casework:assessments", args=[family.uid]),
                detail=f"{what} due by {day_in_words(day)}", families=(family.pk,),
                press=reverse("casework:start_assessment", args=[family.uid]),
                press_text="Start the review" if stands.last else "Start it",
                tag="Overdue" if stands.is_late else "Soon", tone="late" if stands.is_late else "neutral",
            )  # fmt: skip


def item(row: Assessment, detail: str, **more: str) -> Item:
    return Item(row.family.name, row.get_absolute_url(), detail=detail, families=(row.family_id,), **more)
