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
NO_FAMILY = "The person was in no family's household at that time."


@dataclass(frozen=True)
class Match:
    """Who a row is about and in which families they lived then; or why nobody."""

    person_id: int | None = None
    families: tuple[int, ...] = ()
    reason: str = ""


def match_all(readings: Iterable[Reading], *, by) -> list[Match]:
    """Return a match for each reading, in order."""
    readings = list(readings)
    people = people_by_identifier(readings, by=by)
    homes = homes_of({person.pk for person in people.values()}, by=by)
    return [match(reading, people, homes) for reading in readings]


def people_by_identifier(readings: list[Reading], *, by) -> dict[tuple[str, str], Person]:
    found = {}
    for field in IDENTIFIERS:
        wanted = {reading.identifiers[field] for reading in readings if field in reading.identifiers}
        rows = Person.objects.visible_to(by).filter(**{f"{field}__in": wanted}).only("pk", "born_on", *IDENTIFIERS)
        found |= {(field, getattr(person, field)): person for person in rows} if wanted else {}
    return found


@dataclass(frozen=True)
class Homes:
    """The households of some people that ``by`` may see, and the day each was first known in any household at all."""

    stays: Mapping[int, Sequence[Membership]]
    first_known: Mapping[int, date]

    def at(self, person: int, reading: Reading) -> tuple[int, ...]:
        """Return the families in which somebody lived when a row says, or was found later if it is from before that.

        A membership begins when the service learns of it, so nobody is known to have lived anywhere before the
        first one. What is from before then belongs to the family in which the person was first found.
        """
        stays = self.stays.get(person, ())
        lived = {stay.family_id for stay in stays if lived_there(stay, reading)}
        found_in = {stay.family_id for stay in stays if is_from_before(reading, self.first_known[person], stay)}
        return tuple(sorted(lived or found_in))


def homes_of(people: set[int], *, by) -> Homes:
    stays = defaultdict(list)
    for membership in Membership.objects.visible_to(by).filter(person__in=people).only("person", "family", "period"):
        stays[membership.person_id].append(membership)
    return Homes(stays, first_known(people))


def first_known(people: set[int]) -> dict[int, date]:
    """Return the first day of each person's first membership, whoever may see it."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, first_known from slf.first_known(%s)", [sorted(people)])
        return dict(cursor.fetchall())


def match(reading: Reading, people: dict, homes: Homes) -> Match:
    """Match one reading: every identifier must agree on one person, and the date of birth must not contradict."""
    found = {people.get(pair) for pair in reading.identifiers.items()}
    if found == {None}:
        return Match(reason=NOBODY)
    if len(found) > 1:
        return Match(reason=TWO_PEOPLE)
    (person,) = found
    if reading.born_on and person.born_on and reading.born_on != person.born_on:
        return Match(reason=OTHER_BIRTH)
    families = homes.at(person.pk, reading)
    return Match(person.pk, families, "" if families else NO_FAMILY)


def lived_there(membership: Membership, reading: Reading) -> bool:
    """Tell whether the time in the household overlaps what the row states."""
    period = membership.period
    begins_in_time = reading.ends_before is None or period.lower < reading.ends_before
    return begins_in_time and (period.upper is None or period.upper > reading.starts_on)


def is_from_before(reading: Reading, first_known: date, stay: Membership) -> bool:
    """Tell whether the row is wholly from before the person was known anywhere, and this is where they were found."""
    ended = reading.ends_before is not None and reading.ends_before <= first_known
    return ended and stay.period.lower == first_known
