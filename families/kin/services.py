"""Saying how two people are related and who is responsible for a child; ending it; putting it right.

Every act takes turns with whoever else changes the same family. What stood there before stays in the history.
"""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from families.kin.models import Relationship, Responsibility
from families.kin.rules.bonds import Kind, Tie, bond_of, check_tie
from families.kin.rules.responsibility import ORDERS, Standing
from families.people.models import Family, Person
from families.people.services import lock_family
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words

SINCE_WHEN = "These two are related in another way already. Say since when it is as you say now."
STILL_TO_COME = "A day that is still to come cannot be written down."
WRONG_WAY = "The last day must be after the first."
NAME_THE_ORDER = "Name the court's order: which court, when, and its number."


@transaction.atomic
def relate(
    family: Family,
    *,
    kind: str,
    person: Person,
    other: Person,
    source: str,
    by: User,
    starts_on: date | None = None,
    words: str = "",
) -> Relationship:
    """Say what somebody is to somebody else. The same again is the same.

    Another kind of the same bond takes the place of the one before from its first day: married, then separated.
    """
    lock_family(family)
    said = Tie(Kind(kind), person.pk, other.pk)
    _check_day(starts_on)
    _check(family, said)
    if (known := _the_same(family, said)) is not None:
        return known
    _end_the_one_before(family, said, starts_on)
    return Relationship.objects.create(
        family=family, kind=kind, person=person, other=other, period=DateRange(starts_on, None), source=source,
        words=words, recorded_by=by,
    )  # fmt: skip


def _check(family: Family, said: Tie, *, besides: int | None = None) -> None:
    every = family.relationships.select_related("person__merged_into", "other__merged_into")
    rows = every if besides is None else every.exclude(pk=besides)
    existing = [row.tie for row in rows]
    people = {said.one, said.other}
    born = dict(Person.objects.filter(pk__in=people).values_list("pk", "born_on"))
    check_tie(said, existing=existing, born=born)


def _check_day(*days: date | None) -> None:
    if any(day and day > today() for day in days):
        raise NotAllowed(STILL_TO_COME)


def _of_the_pair(family: Family, said: Tie) -> list[Relationship]:
    """Return what these two are or were to each other by the same bond, the latest last."""
    rows = family.relationships.filter(bond=bond_of(said.kind).value).order_by("period")
    rows = rows.select_related("person__merged_into", "other__merged_into")
    return [row for row in rows if row.tie.pair == said.pair]


def _the_same(family: Family, said: Tie) -> Relationship | None:
    """Return what was said of the two before and goes on; of parents it matters which of them is the child."""
    for row in _of_the_pair(family, said):
        same_way = row.is_mutual or row.tie == said
        if row.kind == said.kind and same_way and row.period.upper is None:
            return row
    return None


def _end_the_one_before(family: Family, said: Tie, starts_on: date | None) -> None:
    rows = _of_the_pair(family, said)
    if not rows:
        return
    last = rows[-1]
    if starts_on is None:
        raise Conflict(SINCE_WHEN)
    if last.period.upper is not None and last.period.upper <= starts_on:
        return
    if last.period.upper is not None or (last.period.lower and last.period.lower >= starts_on):
        since = day_in_words(last.period.lower) if last.period.lower else "an earlier day"
        raise Conflict(f"“{last}” is written down from {since}. Correct that first.")
    _set_period(last, last.period.lower, starts_on)


def _set_period(row: Relationship | Responsibility, starts: date | None, ends: date | None) -> None:
    row.period = DateRange(starts, ends)
    row.save(update_fields=["period"])


@transaction.atomic
def end_relationship(relationship: Relationship, *, on: date, by: User) -> Relationship:
    """Say that two people are no longer what they were, from a day on."""
    row = _locked(relationship)
    if row.period.upper == on:
        return row
    _check_end(row, on)
    _set_period(row, row.period.lower, on)
    return row


def _check_end(row: Relationship | Responsibility, on: date) -> None:
    _check_day(on)
    if row.period.upper is not None:
        raise Conflict(f"That ended on {day_in_words(row.period.upper)} already. If that is wrong, correct it.")
    if row.period.lower and on <= row.period.lower:
        raise NotAllowed(WRONG_WAY)


@transaction.atomic
def correct_relationship(
    relationship: Relationship,
    *,
    kind: str,
    starts_on: date | None,
    ends_on: date | None,
    source: str,
    words: str,
    by: User,
) -> Relationship:
    """Put right what was wrongly written down of two people."""
    row = _locked(relationship)
    _check_day(starts_on, ends_on)
    if starts_on and ends_on and ends_on <= starts_on:
        raise NotAllowed(WRONG_WAY)
    said = Tie(Kind(kind), row.person.pk, row.other.pk)
    _check(row.family, said, besides=row.pk)
    others = [one for one in _of_the_pair(row.family, said) if one.pk != row.pk]
    if clash := next((one for one in others if _overlap(one, starts_on, ends_on)), None):
        raise Conflict(f"“{clash}” is written down for the same time. Correct that first.")
    row.kind, row.source, row.words, row.period = kind, source, words, DateRange(starts_on, ends_on)
    row.save(update_fields=["kind", "source", "words", "period"])
    row.refresh_from_db()
    return row


def _overlap(row: Relationship, starts: date | None, ends: date | None) -> bool:
    lower, upper = row.period.lower or date.min, row.period.upper or date.max
    return lower < (ends or date.max) and (starts or date.min) < upper


@transaction.atomic
def take_back(relationship: Relationship, *, by: User) -> None:
    """Take away a relationship that never was. It stays in the history, with who took it away."""
    lock_family(relationship.family)
    Relationship.objects.filter(pk=relationship.pk).delete()


def _locked(relationship: Relationship) -> Relationship:
    lock_family(relationship.family)
    row: Relationship = Relationship.objects.select_related("family", "person__merged_into", "other__merged_into").get(
        pk=relationship.pk
    )
    return row


# Parental responsibility


@transaction.atomic
def state_responsibility(
    family: Family,
    *,
    child: Person,
    standing: str,
    ground: str,
    source: str,
    by: User,
    holder: Person | None = None,
    authority: str = "",
    starts_on: date | None = None,
    court_order: str = "",
) -> Responsibility:
    """Say whether somebody has parental responsibility, and by what. What was said of them before ends that day."""
    lock_family(family)
    _check_day(starts_on)
    if ground in ORDERS and standing == Standing.HELD and not court_order:
        raise NotAllowed(NAME_THE_ORDER)
    if holder == child:
        raise NotAllowed("Choose two different people.")
    by_whom = {"holder__in": holder.rows()} if holder else {"holder": None}
    before = family.responsibilities.filter(child__in=child.rows(), authority=authority, **by_whom).order_by("period")
    last: Responsibility | None = before.last()
    if last is not None and (last.standing, last.ground) == (standing, ground) and last.period.upper is None:
        return last
    if last:
        _make_way(last, starts_on)
    return Responsibility.objects.create(
        family=family, child=child, holder=holder, authority=authority, standing=standing, ground=ground,
        court_order=court_order, period=DateRange(starts_on, None), source=source, recorded_by=by,
    )  # fmt: skip


def _make_way(last: Responsibility, starts_on: date | None) -> None:
    if starts_on is None:
        raise Conflict("Something else is written down of these two. Say since when it is as you say now.")
    if last.period.upper is not None and last.period.upper <= starts_on:
        return
    if last.period.upper is not None or (last.period.lower and last.period.lower >= starts_on):
        raise Conflict(f"“{last}” is written down for that day. End it first.")
    _set_period(last, last.period.lower, starts_on)


@transaction.atomic
def end_responsibility(responsibility: Responsibility, *, on: date, by: User) -> Responsibility:
    """Say that somebody's standing towards a child ended: an order was discharged, an adoption made."""
    lock_family(responsibility.family)
    row: Responsibility = Responsibility.objects.select_related("family").get(pk=responsibility.pk)
    if row.period.upper == on:
        return row
    _check_end(row, on)
    _set_period(row, row.period.lower, on)
    return row
