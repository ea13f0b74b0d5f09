"""Rows to people by exact identifier, as sets: a fixed number of queries for each chunk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from families.hub.rules import Reading
from families.people.models import Membership, Person

IDENTIFIERS = ("upn", "ni_number")
NOBODY = "No person in the families database has this identifier."
TWO_PEOPLE = "The identifiers belong to two different people."
OTHER_BIRTH = "The identifier belongs to somebody with another date of birth."
OTHER_NUMBER = "The person with one identifier has another of the other kind."
NO_FAMILY = "The person was in no family's household at that time."
CALLED = {"upn": "unique pupil number", "ni_number": "National Insurance number"}


@dataclass(frozen=True)
class Match:
    """Who a row is about and in which families they lived then; or why nobody. ``reason`` may also say how."""

    person_id: int | None = None
    families: tuple[int, ...] = ()
    reason: str = ""


def match_all(readings: Iterable[Reading], *, by) -> list[Match]:
    """Return a match for each reading, in order."""
    readings = list(readings)
    people = people_by_identifier(readings, by=by)
    homes = homes_of({one_of(person) for person in people.values()}, by=by)
    return [match(reading, people, homes) for reading in readings]


def people_by_identifier(readings: list[Reading], *, by) -> dict[tuple[str, str], Person]:
    found = {}
    for field in IDENTIFIERS:
        wanted = {reading.identifiers[field] for reading in readings if field in reading.identifiers}
        rows = Person.objects.visible_to(by).filter(**{f"{field}__in": wanted})
        rows = rows.only("pk", "born_on", "merged_into", *IDENTIFIERS)
        found |= {(field, getattr(person, field)): person for person in rows} if wanted else {}
    return found


@dataclass(frozen=True)
class Homes:
    """The households of some people that ``by`` may see, and the day each was first known in any household at all."""

    stays: Mapping[int, Sequence[Membership]]
    first_known: Mapping[int, date]
    entries: Mapping[int, Sequence[int]]

    def of(self, people: Iterable[Person], reading: Reading) -> tuple[int, tuple[int, ...]]:
        """Return under which entry of a person a row is kept, and in which families: where they lived under it."""
        found = [person.pk for person in people]
        for entry in dict.fromkeys((*found, *self.entries[one_of(next(iter(people)))])):
            if families := self.at(entry, reading):
                return entry, families
        return found[0], ()

    def at(self, person: int, reading: Reading) -> tuple[int, ...]:
        """Return the families in which somebody lived when a row says, or was found later if it is from before that.

        A membership begins when the service learns of it, so nobody is known to have lived anywhere before the
        first one. What is from before then belongs to the family in which the person was first found.
        """
        stays = self.stays.get(person, ())
        lived = {stay.family_id for stay in stays if lived_there(stay, reading)}
        found_in = {stay.family_id for stay in stays if is_from_before(reading, self.first_known[person], stay)}
        return tuple(sorted(lived or found_in))


def one_of(person: Person) -> int:
    """Return the key of the one person an entry is of."""
    return person.merged_into_id or person.pk


def homes_of(ones: set[int], *, by) -> Homes:
    """Return the same of some people, with those rows of each under which they were entered again."""
    again = Person.objects.visible_to(by).filter(merged_into__in=ones).order_by("pk")
    entries = {one: [one] for one in ones}
    for entry, one in again.values_list("pk", "merged_into"):
        entries[one].append(entry)
    people = {entry for every in entries.values() for entry in every}
    stays = defaultdict(list)
    rows = Membership.objects.visible_to(by).of_the_family().filter(person__in=people)
    for membership in rows.only("person", "family", "period"):
        stays[membership.person_id].append(membership)
    return Homes(stays, first_known(people), entries)


def first_known(people: set[int]) -> dict[int, date]:
    """Return the first day of each person's first membership, whoever may see it."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, first_known from slf.first_known(%s)", [sorted(people)])
        return dict(cursor.fetchall())


def match(reading: Reading, people: dict, homes: Homes) -> Match:
    """Match one reading: no identifier and no date of birth may contradict the one person who is found.

    An identifier that we hold for nobody contradicts nothing, unless we hold another one for that person.
    """
    by_identifier = {field: people.get((field, value)) for field, value in reading.identifiers.items()}
    found = list(dict.fromkeys(filter(None, by_identifier.values())))
    if not found:
        return Match(reason=NOBODY)
    if len({one_of(person) for person in found}) > 1:
        return Match(reason=TWO_PEOPLE)
    new = [field for field, holder in by_identifier.items() if holder is None]
    if any(getattr(person, field) for person in found for field in new):
        return Match(reason=OTHER_NUMBER)
    if reading.born_on and reading.born_on not in {person.born_on or reading.born_on for person in found}:
        return Match(reason=OTHER_BIRTH)
    entry, families = homes.of(found, reading)
    return Match(entry, families, how_found(by_identifier, new) if families else NO_FAMILY)


def how_found(fields: Iterable[str], new: Sequence[str]) -> str:
    """Return by which identifier somebody was found when another one of the row is held for nobody."""
    if not new:
        return ""
    known, unknown = ([CALLED[f] for f in fields if (f in new) is is_new] for is_new in (False, True))
    return f"Matched by the {known[0]}. Nobody here has the {unknown[0]}."


def lived_there(membership: Membership, reading: Reading) -> bool:
    """Tell whether the time in the household overlaps what the row states."""
    period = membership.period
    begins_in_time = reading.ends_before is None or period.lower < reading.ends_before
    return begins_in_time and (period.upper is None or period.upper > reading.starts_on)


def is_from_before(reading: Reading, first_known: date, stay: Membership) -> bool:
    """Tell whether the row is wholly from before the person was known anywhere, and this is where they were found."""
    ended = reading.ends_before is not None and reading.ends_before <= first_known
    return ended and stay.period.lower == first_known
