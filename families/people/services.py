"""A family and its people, made once; people added to a family that is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from families.addresses.services import Place, first_place
from families.identifiers.rules import KINDS
from families.people.models import Family, Membership, Person
from families.people.rules import Known, same_person
from slf.access.models import Scope
from slf.access.services import SEEN_OTHERWISE
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed


@dataclass(frozen=True)
class NewPerson:
    """A person as somebody told us about them. ``identifiers`` is ``{"upn": ..., "ni_number": ...}``."""

    given_names: str
    family_name: str
    part: str
    born_on: date | None = None
    born_estimated: bool = False
    school: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        ids = frozenset(self.identifiers.values())
        return Known(self.given_names, self.family_name, self.born_on, self.born_estimated, ids)


@transaction.atomic
def create_family(
    *, name: str, scope: Scope, people: Sequence[NewPerson], place: Place, by: User, on: date
) -> tuple[Family, list[Person]]:
    """Make a family with its people, in one audience, known from one day on."""
    family = Family.objects.create(reference=next_reference(), name=name, scope=scope, known_since=on)
    return family, add_people(family, people=people, place=place, by=by, on=on)


@transaction.atomic
def add_people(
    family: Family,
    *,
    people: Sequence[NewPerson],
    place: Place,
    by: User,
    on: date,
    same: Mapping[int, Person] | None = None,
) -> list[Person]:
    """Add those who are not in the household yet; return who became, or already was, whom.

    Somebody with an identifier ``by`` may see stays the one person. Of who is new the numbers are not kept yet.

    ``same`` says for numbers in ``people`` which person of the record it is, however they are written.
    """
    lock_family(family)
    household = [m.person for m in family.memberships.known_on(on).select_related("person__merged_into")]
    known = _with_identifiers(people, by=by)
    found, same = [], same or {}
    for number, new in enumerate(people):
        person = same.get(number) or _in_household(new, household) or _with_same_identifier(new, known)
        if person is None:
            person = _create_person(new, scope=family.scope)
        if person not in household:
            household.append(_join(family, person, new, place=place, on=on).person)
        found.append(person)
    return found


def lock_person(person: Person, *, revision: int | None = None) -> Person:
    """Return the person as they are now, for this transaction alone, unless they changed since they were read."""
    now = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if revision not in {None, now.revision}:
        message = "Somebody else changed this person while you had it open. Read what it says now before you go on."
        raise Conflict(message)
    return now


def lock_family(family: Family) -> Family:
    """Wait for whoever changes who is in this household, so that nobody is added to it twice; return it as it is now.

    Whoever waited for somebody who changed who may see it is told so: their rights are from before. With a family that
    is known twice the one that stands is held too.
    """
    rows = Family.objects.select_for_update(of=("self",), no_key=True)
    held = {row.pk: row for row in rows.filter(Q(pk=family.pk) | Q(merged__pk=family.pk)).order_by("pk")}
    now: Family | None = held.get(family.pk)
    if now is None:
        raise NotAllowed(SEEN_OTHERWISE)
    return now


def next_reference() -> str:
    """Return the next reference, safe to say on the telephone. Numbers are never given twice; some may be left out."""
    (reference,) = next_references(1)
    return reference


def next_references(number: int) -> list[str]:
    """Return the next references, as many as are wanted, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('families_reference') from generate_series(1, %s)", [number])
        return [f"SLF-{given:06d}" for (given,) in cursor.fetchall()]


def known_of(person: Person) -> Known:
    """Return what is compared of a person when they may be one with another."""
    ids = frozenset(filter(None, (getattr(person, name) for name in KINDS)))
    return Known(person.given_names, person.family_name, person.born_on, person.born_estimated, ids)


def known_in(membership: Membership) -> Known:
    """Return the same of a member, with the identifiers they were entered with in this family."""
    known = known_of(membership.person)
    return replace(known, identifiers=known.identifiers | known_of(membership.entry).identifiers)


def ever_in(family: Family, *, by: User) -> list[Membership]:
    """Return everybody who is or was in the household and ``by`` may see, each once, those of today first."""
    return ever_in_each([family], by=by)[family.pk]


def ever_in_each(families: Iterable[Family], *, by: User) -> dict[int, list[Membership]]:
    """Return the same of several families by their key, in one query."""
    latest: dict[int, dict[int, Membership]] = {family.pk: {} for family in families}
    rows = Membership.objects.visible_to(by).of_each(latest).counted().select_related("person__merged_into")
    for row in sorted(rows, key=latest_last):
        latest[row.stands][row.person.pk] = row
    return {family: sorted(members.values(), key=_those_of_today_first) for family, members in latest.items()}


def latest_last(row: Any) -> tuple[bool, bool, date]:
    """Sort what goes on last, and of somebody in two families that are one the time in the one that stands."""
    return row.period.upper is None, row.family_id == row.stands, row.period.lower


def _those_of_today_first(row: Membership) -> tuple[bool, str, date]:
    return row.period.upper is not None, row.part, row.person.born_on or date.max


def _in_household(new: NewPerson, household: Sequence[Person]) -> Person | None:
    return next((person for person in household if same_person(new.known, known_of(person))), None)


def _with_identifiers(people: Sequence[NewPerson], *, by: User) -> dict[str, Person]:
    """Return the people ``by`` may see by identifier: outside the household, name and birth alone are not enough."""
    wanted = Q()
    for new in people:
        for name, value in new.identifiers.items():
            wanted |= Q(**{name: value})
    found = Person.objects.visible_to(by).filter(wanted, adopted_on__isnull=True) if wanted else []
    return {identifier: person.shown for person in found for identifier in known_of(person).identifiers}


def _with_same_identifier(new: NewPerson, known: Mapping[str, Person]) -> Person | None:
    return next((known[value] for value in new.identifiers.values() if value in known), None)


def _create_person(new: NewPerson, *, scope: Scope) -> Person:
    """Make the row. Its numbers come afterwards: one may be of somebody out of sight (``families.numbers``)."""
    return Person.objects.create(
        given_names=new.given_names, family_name=new.family_name, born_on=new.born_on,
        born_estimated=new.born_estimated, scopes=[scope.pk],
    )  # fmt: skip


def _join(family: Family, person: Person, new: NewPerson, *, place: Place, on: date) -> Membership:
    """Write down that somebody belongs to the household. Who lives elsewhere has none of its address."""
    place = Place() if new.part == Membership.Part.AWAY else place
    membership = Membership.objects.create(
        family=family, person=person, part=new.part, period=DateRange(on, None), school=new.school,
        safe_contact=place.safe_contact,
    )  # fmt: skip
    first_place(membership, place=place, on=on)
    return membership
