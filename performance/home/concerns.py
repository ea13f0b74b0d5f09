"""Safeguarding on My day: what this person is to review, what is overdue, and what their own concerns wait for."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from casework.safeguarding.clocks import Clock
from casework.safeguarding.models import Concern, families_of
from casework.safeguarding.rules import Step
from performance.home.panels import Item, Panel, Part
from slf.access.rights import rights_of
from slf.access.rules import Can, Role
from slf.accounts.models import User
from slf.clock import now

MOST = 60
SHOWN = 8


def part(user: User, on: date) -> Part:
    """Whoever decides sees what waits for a review and whatever is late; everybody else what their own wait for."""
    moment, rights = now(), rights_of(user)
    decided = Concern.objects.visible_to(user, can=Can.REVIEW_CONCERN).filter(pk=OuterRef("pk"))
    rows = Concern.objects.visible_to(user).going_on().annotate(to_decide=Exists(decided)).for_list()
    rows = list(rows.filter(Q(written_by=user) | Q(to_decide=True))[:MOST])
    mine, to_decide = ([row for row in rows if row.written_by_id == user.pk], [row for row in rows if row.to_decide])
    heads = any(role is Role.HEAD for role, _ in rights.reaches)
    review = [row for row in to_decide if may_review(row, user) and (row.is_of_staff or not heads)]
    late = [row for row in to_decide if row not in review and row.missed(moment)]
    return Part(
        panels=(
            Panel("Safeguarding concerns to review", items(review, Step.REVIEWED, moment)),
            Panel("Safeguarding: overdue", items(late, None, moment)),
            Panel("Your safeguarding concerns", items([r for r in mine if r not in late], None, moment)),
        )
    )


def may_review(row: Concern, user: User) -> bool:
    waits = any(clock.step == Step.REVIEWED for clock in row.waits())
    return waits and (row.is_of_staff or user.pk not in {row.written_by_id, row.first_by_id})


def items(rows: Iterable[Concern], step: Step | None, moment: datetime) -> list[Item]:
    """Return each with what it waits for, the one that is due first before the others."""
    waiting = [(row, next_of(row, step, moment)) for row in rows]
    waiting.sort(key=lambda pair: (pair[1] is None, pair[1] and pair[1].due, pair[0].pk))
    return [item(row, clock, moment) for row, clock in waiting[:SHOWN]]


def next_of(row: Concern, step: Step | None, moment: datetime) -> Clock | None:
    waits = [clock for clock in row.waits(moment) if step in {None, clock.step}]
    return min(waits, key=lambda clock: clock.due, default=None)


def item(row: Concern, clock: Clock | None, moment: datetime) -> Item:
    about = row.family.shown.name if row.family else row.first.who if row.first else row.rules.label
    waits = f" Not yet: {clock.label.lower()}. Due {clock.due_in_words}." if clock else ""
    return Item(
        about,
        row.get_absolute_url(),
        detail=f"{row.rules.label}, raised by {row.raised_by}.{waits}",
        tag=clock.words(moment) if clock else "",
        tone=clock.tone(moment) if clock else "",
        families=tuple(families_of([row])),
    )
