"""A change of address or telephone number, and what was written down by mistake put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from families.addresses.models import Home, Phone, Whereabouts
from families.moving.rules import WrongAddress, nothing_said, since_problem
from families.people.models import Family, Membership
from families.people.services import lock_family
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict

NOTHING_SAID = "Give the address, or at least the postcode."
NOBODY = "Say who of the household moved."
NOT_OF_THEM = "Only members of the household can be named here."
ALREADY = "Somebody else has changed this since you opened the page."
Row = TypeVar("Row", bound=Whereabouts)


@dataclass(frozen=True)
class NewHome:
    """Where somebody lives from a day on."""

    since: date
    address: str = ""
    postcode: str = ""
    protected: bool = False
    use: Home.Use = Home.Use.MAIN


@transaction.atomic
def change_address(family: Family, *, members: Sequence[Membership], home: NewHome, by: User, on: date) -> list[Home]:
    """Let members live somewhere from a day on. Where they lived until then ends, unless this is a second home."""
    if nothing_said(address=home.address, postcode=home.postcode, protected=home.protected):
        raise WrongAddress(NOTHING_SAID)
    return [_move(member, home) for member in _locked(family, members, since=home.since, by=by, on=on)]


def _locked(family: Family, members: Sequence[Membership], *, since: date, by: User, on: date) -> list[Membership]:
    """Return the members as they are once nobody else changes the household; refuse who is none, and a wrong day."""
    lock_family(family)
    wanted = {member.pk for member in members}
    rows = Membership.objects.visible_to(by, can=Can.WORK_FAMILY).on(on).filter(family=family, pk__in=wanted)
    found = list(rows.select_related("person__merged_into").in_order())
    if not found:
        raise WrongAddress(NOBODY)
    if len(found) < len(wanted):
        raise WrongAddress(NOT_OF_THEM)
    for member in found:
        if problem := since_problem(since, joined=member.period.lower, name=str(member.person), on=on):
            raise WrongAddress(f"{problem}.")
    return found


def _move(member: Membership, home: NewHome) -> Home:
    """Write down one member's new home between what was before and what is known to come after."""
    said = {"address": home.address, "postcode": home.postcode, "protected": home.protected, "use": home.use}
    rows = Home.objects.select_for_update(no_key=True).right().filter(membership=member, use=home.use)
    held: Home | None = rows.filter(period__contains=home.since).order_by("pk").first()
    if held and all(getattr(held, name) == value for name, value in said.items()):
        return held
    if home.use == Home.Use.SECOND:
        return _begin(Home, member, DateRange(home.since, None), **said)
    if held and held.period.lower == home.since:
        return _put_right(held, **said)
    later = rows.filter(period__startswith__gt=home.since).order_by("period").first()
    if held:
        _end(held, home.since)
    return _begin(Home, member, DateRange(home.since, later.period.lower if later else None), **said)


@transaction.atomic
def change_number(
    family: Family, *, members: Sequence[Membership], number: str, since: date, protected: bool, by: User, on: date
) -> list[Phone]:
    """Let members be reached on a number from a day on. Their numbers until then end on that day."""
    return [
        _ring(member, number, since, protected=protected)
        for member in _locked(family, members, since=since, by=by, on=on)
    ]


def _ring(member: Membership, number: str, since: date, *, protected: bool) -> Phone:
    rows = Phone.objects.select_for_update(no_key=True).right().filter(membership=member, period__contains=since)
    kept: Phone | None = None
    for held in rows.order_by("pk"):
        if (held.number, held.protected) == (number, protected):
            kept = held
        elif held.period.lower == since:
            _put_right(held, in_error=True)
        else:
            _end(held, since)
    return kept or _begin(Phone, member, DateRange(since, None), number=number, protected=protected)


def _begin(kind: type[Row], member: Membership, period: DateRange, **said: Any) -> Row:
    made = kind(family_id=member.family_id, membership=member, period=period, **said)
    made.save(force_insert=True)
    return made


def _end(row: Whereabouts, day: date) -> None:
    row.period = DateRange(row.period.lower, day)
    row.save(update_fields=["period"])


def _put_right(row: Row, **said: Any) -> Row:
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=[*said])
    return row


@transaction.atomic
def correct_home(home: Home, *, address: str, postcode: str, protected: bool, seen: str, by: User) -> Home:
    """Put right how an address was written. ``seen`` is how it read to whoever corrects it; its versions are kept."""
    if nothing_said(address=address, postcode=postcode, protected=protected):
        raise WrongAddress(NOTHING_SAID)
    held = _as_seen(Home, home, seen, by=by)
    return _put_right(held, address=address, postcode=postcode, protected=protected)


@transaction.atomic
def correct_number(phone: Phone, *, number: str, protected: bool, seen: str, by: User) -> Phone:
    """Put right how a number was written."""
    return _put_right(_as_seen(Phone, phone, seen, by=by), number=number, protected=protected)


@transaction.atomic
def end_on(row: Row, *, last: date, seen: str, by: User) -> None:
    """Say on which day somebody no longer lived there, or was no longer reached there."""
    held = _as_seen(type(row), row, seen, by=by)
    if last <= held.period.lower:
        raise WrongAddress("They cannot have left before they came.")
    _end(held, last)


@transaction.atomic
def strike_out(row: Row, *, seen: str, by: User) -> None:
    """Mark what was written down by mistake: it counts nowhere and is kept. A second time changes nothing."""
    rows = type(row).objects.visible_to(by, can=Can.WORK_FAMILY).select_for_update(of=("self",), no_key=True)
    held = rows.get(pk=row.pk)
    if held.in_error:
        return
    if as_read(held) != seen:
        raise Conflict(ALREADY)
    _put_right(held, in_error=True)


def _as_seen(kind: type[Row], row: Row, seen: str, *, by: User) -> Row:
    """Lock a row and refuse one that somebody else changed meanwhile."""
    rows = kind.objects.visible_to(by, can=Can.WORK_FAMILY).right()
    held: Row | None = rows.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
    if held is None or as_read(held) != seen:
        raise Conflict(ALREADY)
    return held


def as_read(row: Whereabouts) -> str:
    """Return what a person sees of a row, to be compared when they change it."""
    said = (str(row), row.protected, row.period.lower, row.period.upper, row.in_error)
    return "|".join(map(str, said))
