"""The verbs of the register: propose a row, confirm it as a second person, end it; and what may be used on a day."""

from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from families.register.models import Basis, Gateway, RegisterRow, grounds_on
from families.register.rules import Ground, Purpose, Use, use_of
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed, NotForYou

Row = TypeVar("Row", Basis, Gateway)
OVERLAPS = (
    "There is another lawful basis for this purpose and category in that time. Replace that one, or end it first."
)
REPLACED = (
    "Another row was proposed in the place of this one. Take that proposal back first, or replace what it became."
)


def use_on(day: date, *, purpose: Purpose) -> Use:
    """Return what a purpose may use on a day."""
    return use_of(grounds_on(day, purpose=purpose), purpose=purpose, on=day)


def asked_of_families(day: date) -> list[tuple[Purpose, Ground]]:
    """Return what is used by consent only on a day, for each purpose."""
    pairs = [(purpose, ground) for purpose in Purpose for ground in grounds_on(day, purpose=purpose)]
    return [(purpose, ground) for purpose, ground in pairs if ground.by_consent]


def gateways_on(day: date, *, agency: str, category: str) -> list[Gateway]:
    """Return the gateways by which an agency shares a category on a day, each once though it serves two purposes."""
    rows = Gateway.objects.counting().on(day).filter(agency=agency, category=category).order_by("purpose", "pk")
    return list({row.law: row for row in rows}.values())


@transaction.atomic
def propose(
    model: type[Row],
    *,
    by: User,
    starts: date,
    ends_before: date | None = None,
    replaces: Row | None = None,
    **said: Any,
) -> Row:
    """Propose a row, at most one in place of another. It counts for nothing until a second person has confirmed it."""
    if replaces is not None and lock(replaces).is_replaced:
        raise Conflict(REPLACED)
    days = {"period": DateRange(starts, ends_before), "proposed_on": today()}
    row: Row = model.objects.create(proposed_by=by, replaces=replaces, **days, **said)
    return row


@transaction.atomic
def confirm(row: Row, *, by: User) -> Row:
    """Confirm a row that somebody else proposed; what it replaces ends on the day it begins. Safe to do twice."""
    row = lock(row)
    if row.proposed_by_id == by.pk:
        message = "You proposed this yourself. It takes a second person to confirm it."
        raise NotForYou(message)
    if row.confirmed_by_id is not None or row.is_shipped:
        return row
    if not row.is_waiting:
        message = "This was taken back before anybody confirmed it. Propose it again."
        raise NotAllowed(message)
    if row.replaces is not None:
        end_alone(lock(row.replaces), by=by, because=f"Replaced by: {row.law}", on=row.period.lower)
    row.confirmed_by, row.confirmed_on = by, today()
    try:
        with transaction.atomic():
            row.save(update_fields=["confirmed_by", "confirmed_on"])
    except IntegrityError as error:
        raise NotAllowed(OVERLAPS) from error
    return row


@transaction.atomic
def end(row: Row, *, by: User, because: str, on: date) -> Row:
    """End a row: from ``on`` it counts no more. It takes one person to close what two opened.

    Raises ``NotAllowed`` for a day before today: what was used until now was used by it.
    """
    row = lock(row)
    if on < today():
        message = "A row of the register cannot end in the past: what was used until today was used by it."
        raise NotAllowed(message)
    return end_alone(row, by=by, because=because, on=on)


def end_alone(row: Row, *, by: User, because: str, on: date) -> Row:
    """End a row. One that nobody confirmed, and one whose first day has not passed by then, never counted."""
    if row.period.isempty:
        return row
    if row.is_waiting:
        on = row.period.lower
    if row.period.upper is None or on < row.period.upper:
        row.period = DateRange(row.period.lower, max(on, row.period.lower))
        row.ended_by, row.ended_because = by, because
        row.save(update_fields=["period", "ended_by", "ended_because"])
    return row


def lock(row: RegisterRow) -> Any:
    return type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
