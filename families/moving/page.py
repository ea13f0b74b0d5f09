"""What the page of a family's addresses shows: each member's homes and numbers, and what was changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from families.addresses.models import Home, Phone
from families.addresses.services import kept_back
from families.localities.services import Found, find_place
from families.people.models import Family, Membership
from slf.access.models import Locality
from slf.accounts.models import User
from slf.web.words import day_in_words


@dataclass
class Line:
    """One member of the household, of today or before, with where they lived."""

    member: Membership
    is_here: bool
    is_kept_back: bool
    homes: list[Home] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)


def lines_of(family: Family, *, on: date, by: User) -> list[Line]:
    """Return everybody who is or was in the household, each with what ``by`` may know."""
    hidden = kept_back(family, on=on)
    members = Membership.objects.visible_to(by).filter(family=family).select_related("person__merged_into").in_order()
    lines = {m.pk: Line(m, on in m.period, m.pk in hidden) for m in members}
    for kind, name in ((Home, "homes"), (Phone, "phones")):
        for row in kind.objects.visible_to(by).right().filter(family=family).order_by("-period", "-pk"):
            getattr(lines[row.membership_id], name).append(row)
    return sorted(lines.values(), key=lambda line: not line.is_here)


@dataclass(frozen=True)
class Written:
    """What was written of an address or number, when and by whom."""

    at: datetime
    who: str
    name: str
    said: str
    period: str
    protected: bool
    struck: bool


def written_of(family: Family, *, by: User) -> list[Written]:
    """Return every version of every address and number that ``by`` may know, the latest first."""
    events = [event for kind in (Home, Phone) for event in versions(kind, family, by=by)]
    writers = User.objects.in_bulk({event.pgh_context["user"] for event in events if writer_known(event)})
    found = [in_words(event, writers) for event in events]
    return sorted(found, key=lambda one: one.at, reverse=True)


def versions(kind: Any, family: Family, *, by: User) -> Iterable[Any]:
    """Return the versions of the rows that may be seen now: of one that is protected since, none of before either."""
    rows = kind.objects.visible_to(by).filter(family=family).select_related("membership__person__merged_into")
    for row in rows.prefetch_related("events"):
        for event in row.events.all():
            event.membership = row.membership
            yield event


def writer_known(event: Any) -> bool:
    return bool(event.pgh_context and event.pgh_context.get("user"))


def in_words(event: Any, writers: dict[int, User]) -> Written:
    said = event.number if hasattr(event, "number") else ", ".join(filter(None, (event.address, event.postcode)))
    return Written(
        at=event.pgh_created_at,
        who=str(writers.get(event.pgh_context["user"], "")) if writer_known(event) else "",
        name=str(event.membership.person),
        said=said or "Address not given to us",
        period=period_in_words(event.period.lower, event.period.upper),
        protected=event.protected,
        struck=event.in_error,
    )


def period_in_words(begun: date, ended: date | None) -> str:
    return f"{day_in_words(begun)} to {day_in_words(ended)}" if ended else f"Since {day_in_words(begun)}"


@dataclass(frozen=True)
class Lies:
    """Where a postcode lies, and what that means for this family."""

    words: str
    elsewhere: Locality | None = None


def lies(postcode: str, family: Family) -> Lies:
    """Say where a postcode is; in another locality than the family's, that it may be handed over."""
    if not postcode:
        return Lies("Without a postcode we do not know which locality this is in.")
    found: Found = find_place(postcode)
    if found.locality is not None:
        elsewhere = found.locality if found.locality.pk != family.scope.locality_id else None
        return Lies(f"{postcode} is in {found.locality}.", elsewhere if family.scope.locality_id else None)
    if found.outside:
        return Lies(f"{postcode} is not in Leicestershire.")
    return Lies(f"We do not know where {postcode} is.")
