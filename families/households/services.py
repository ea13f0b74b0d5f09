"""Who is in a family: asked for a day, and changed one act at a time.

Every act takes turns with whoever else changes the same family, and leaves a line of what was done, when and why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from families.addresses.services import Place, first_place, place_of
from families.flags.services import carry_flags
from families.households import rules
from families.households.models import HouseholdChange
from families.households.rules import Did, Stay
from families.needs.models import Need
from families.needs.services import find_need
from families.people.models import Family, Membership, Person
from families.people.rules import LIVES_THERE, same_person
from families.people.services import (
    NewPerson,
    add_people,
    ever_in,
    known_of,
    lock_family,
    next_reference,
)
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotAllowed

Part = Membership.Part
LINKS_NOTHING = "This person cannot be added. If a child was adopted, write them down as who they are now."
BABY = "Baby"


def household_on(family: Family, day: date, *, by: User, known: bool = False) -> list[Membership]:
    """Return who was in the family on a day, as far as ``by`` may see it: the one answer that everything gives.

    ``known`` adds those who are known and not in the family: an expected baby, relatives elsewhere.
    """
    rows = Membership.objects.visible_to(by).filter(family=family).select_related("person__merged_into")
    return list((rows.known_on(day) if known else rows.on(day)).in_order())


# Coming


@transaction.atomic
def join_family(
    family: Family, *, who: NewPerson | Person, part: str, by: User, on: date, gender: str = "", words: str = ""
) -> Membership:
    """Write down that somebody is in the family from a day on.

    Somebody new who is written like one of those who are or were in it is that person. The same again is the same.
    """
    rules.check_day(on, today=today())
    lock_family(family)
    person = who if isinstance(who, Person) else _already_known(family, who, by=by)
    if person and (here := _stay_of(family, person, on)) and here.part in {part, Part.RELATIVE}:
        return change_part(here, part=part, by=by, on=on, words=words)
    if person:
        _refuse_adopted(person, day=on)
        rules.check_coming(str(person), stays_of(family, person), day=on)
    return _come(family, who, person, part=part, by=by, on=on, gender=gender, words=words)


def _come(
    family: Family, who: NewPerson | Person, person: Person | None, *, part: str, by: User, on: date, **more: str
) -> Membership:
    new = who if isinstance(who, NewPerson) else NewPerson(who.given_names, who.family_name, part)
    place = where_they_live(family, on=on, by=by) if part in LIVES_THERE else Place()
    same = {0: person} if person else None
    (found,) = add_people(family, people=[new], place=place, by=by, on=on, same=same)
    if more["gender"] and person is None:
        found.gender = more["gender"]
        found.save(update_fields=["gender"])
    _note(family, Did.JOINED, person=found, on=on, part=part, words=more["words"], by=by)
    row: Membership = family.memberships.known_on(on).get(person__in=found.rows())
    return row


def _already_known(family: Family, who: NewPerson, *, by: User) -> Person | None:
    """Return who of those that are or were in the family somebody is, however they left."""
    known = (row.person for row in ever_in(family, by=by))
    return next((person for person in known if same_person(who.known, known_of(person))), None)


def _refuse_adopted(person: Person, *, day: date) -> None:
    if person.adopted_on and day >= person.adopted_on:
        raise NotAllowed(LINKS_NOTHING)


def where_they_live(family: Family, *, on: date, by: User) -> Place:
    """Return where those live whom somebody comes to. The telephone and what is safe stay each one's own."""
    home = family.memberships.on(on).living_there().in_order().first()
    place = place_of(home, on=on, by=by) if home else Place()
    return replace(place, phone="", safe_contact="")


# A baby


@transaction.atomic
def expect_baby(
    family: Family, *, expected_on: date, family_name: str, by: User, on: date, given_names: str = ""
) -> Membership:
    """Write down that a baby is expected. It is known and not in the family until it is born."""
    rules.check_expected(expected_on, today=today())
    lock_family(family)
    expected = family.memberships.known_on(on).filter(part=Part.EXPECTED, person__expected_on=expected_on)
    names = {"given_names": given_names or BABY, "family_name": family_name}
    same: Membership | None = expected.filter(person__given_names=names["given_names"]).first()
    if same is not None:
        return same
    person = Person.objects.create(**names, expected_on=expected_on, scopes=[family.scope_id])
    _note(family, Did.EXPECTED, person=person, on=on, part=Part.EXPECTED, by=by)
    return Membership.objects.create(family=family, person=person, part=Part.EXPECTED, period=DateRange(on, None))


@transaction.atomic
def is_born(
    membership: Membership, *, born_on: date, given_names: str, family_name: str, gender: str, by: User
) -> Membership:
    """Write down a birth: from that day the baby is a child of the family."""
    rules.check_day(born_on, today=today())
    membership = _locked(membership)
    if membership.part != Part.EXPECTED or membership.period.upper is not None:
        raise NotAllowed(f"{membership.person} is not expected any more. Look at the household as it is now.")
    person = membership.person
    person.given_names, person.family_name, person.gender = given_names, family_name, gender
    person.born_on, person.expected_on = born_on, None
    person.save(update_fields=["given_names", "family_name", "gender", "born_on", "expected_on"])
    _note(membership.family, Did.BORN, person=person, on=born_on, part=Part.CHILD, by=by)
    return _become(membership, Part.CHILD, on=born_on, by=by)


# Another part, going, and being corrected


@transaction.atomic
def change_part(
    membership: Membership, *, part: str, by: User, on: date, responsible: str = "", words: str = ""
) -> Membership:
    """Write down that somebody has another part from a day on: a child in care, home again, a parent elsewhere."""
    rules.check_day(on, today=today())
    membership = _locked(membership)
    if (now := _stay_of(membership.family, membership.person, on)) and now.part == part:
        return now
    if on != membership.period.lower or membership.period.upper:
        rules.check_going(str(membership.person), as_stay(membership), day=on)
    said = f"{responsible}. {words}".strip(" .") if responsible else words
    _note(membership.family, Did.PART, person=membership.person, on=on, part=part, words=said, by=by)
    return _become(membership, part, on=on, by=by, responsible=responsible)


def _become(membership: Membership, part: str, *, on: date, by: User, responsible: str = "") -> Membership:
    """End a time and begin the next. From its first day on, or before, it is one time with the other part."""
    family, starts = membership.family, membership.period.lower
    place = _place_from_now_on(membership, part, on=on, by=by)
    lived_there = membership.part in LIVES_THERE
    if on > starts:
        _set_period(membership, starts, on)
        return _begin(family, like=membership, part=part, on=on, place=place, responsible=responsible)
    membership.part, membership.responsible, membership.period = part, responsible, DateRange(on, None)
    membership.save(update_fields=["part", "responsible", "period"])
    first_place(membership, place=Place() if lived_there else place, on=on)
    return membership


def _place_from_now_on(membership: Membership, part: str, *, on: date, by: User) -> Place:
    """Who goes on living there stays at the address; who comes to live there has it; who goes keeps a telephone."""
    day = max(on - rules.ONE_DAY, membership.period.lower)
    own = place_of(membership, on=day, by=by)
    if part not in LIVES_THERE:
        return Place(phone=own.phone, protected=own.protected) if part == Part.AWAY else Place()
    return own if own.address or own.postcode else where_they_live(membership.family, on=on, by=by)


def _begin(family: Family, *, like: Membership, part: str, on: date, place: Place, responsible: str = "") -> Membership:
    """Begin a time in a family. What makes it safe to meet and reach somebody goes along with them."""
    row = Membership.objects.create(
        family=family, person_id=like.person_id, part=part, period=DateRange(on, None), responsible=responsible,
        school=like.school, safe_contact=like.safe_contact,
    )  # fmt: skip
    carry_flags(like, row)
    first_place(row, place=place, on=on)
    return row


@transaction.atomic
def leave_family(membership: Membership, *, on: date, why: str, where_to: str, by: User, words: str = "") -> Membership:
    """Write down that somebody is in the family no longer from a day on, why, and where to in general terms."""
    rules.check_day(on, today=today())
    membership = _locked(membership)
    if membership.period.upper == on:
        return membership
    rules.check_going(str(membership.person), as_stay(membership), day=on)
    _set_period(membership, membership.period.lower, on)
    if why == rules.ADOPTED:
        membership.person.adopted_on = on
        membership.person.save(update_fields=["adopted_on"])
    _note(
        membership.family, Did.LEFT, person=membership.person, on=on, part=membership.part, why=why,
        where_to=where_to, words=words, by=by,
    )  # fmt: skip
    return membership


@transaction.atomic
def correct_stay(membership: Membership, *, starts_on: date, ends_on: date | None, words: str, by: User) -> Membership:
    """Put right days that were wrongly written down; what stood there is kept with the reason."""
    membership = _locked(membership)
    before = as_stay(membership)
    if (before.starts, before.ends) == (starts_on, ends_on):
        return membership
    rows = membership.family.memberships.filter(person=membership.person_id).exclude(pk=membership.pk)
    rules.check_corrected(str(membership.person), starts_on, ends_on, map(as_stay, rows), today=today())
    was = membership.period
    _set_period(membership, starts_on, ends_on)
    _note(
        membership.family, Did.CORRECTED, person=membership.person, on=starts_on, part=membership.part, words=words,
        was=DateRange(was.lower, was.upper), by=by,
    )  # fmt: skip
    return membership


# One family becomes two


@transaction.atomic
def split_family(
    family: Family, *, going: Sequence[Membership], name: str, place: Place, by: User, on: date,
    needs: Iterable[Need] = (),
) -> Family:  # fmt: skip
    """Let some of a family be a family of their own from a day on, in the same audience.

    What was before stays in the first one's record, and so do its worker, plan and needs; ``needs`` are needs of the
    second from that day too. Where the others went stands in the second one's record alone.
    """
    rules.check_day(on, today=today())
    family = lock_family(family)
    members = [_still_here(family, row, on=on) for row in going]
    staying = family.memberships.on(on).living_there().exclude(pk__in=[row.pk for row in members])
    rules.check_split([row.part for row in members], staying.values_list("part", flat=True))
    audience = family.scope.widens or family.scope  # emergency access to the first is none to the second
    second = Family.objects.create(reference=next_reference(), name=name, scope=audience, known_since=on,
                                   sealed=family.sealed)  # fmt: skip
    _note(second, Did.BEGAN, on=on, came_from=family, by=by)
    for row in members:
        _move(row, second, place=place, on=on, by=by)
    for need in needs:
        source = f"{family.reference}, {need.source}"[:200]
        find_need(second, kind=need.kind, person=need.person, evidence=need.evidence, source=source, by=by, on=on)
    return second


def _still_here(family: Family, row: Membership, *, on: date) -> Membership:
    membership: Membership = family.memberships.select_related("person__merged_into").get(pk=row.pk)
    rules.check_going(str(membership.person), as_stay(membership), day=on)
    return membership


def _move(row: Membership, second: Family, *, place: Place, on: date, by: User) -> None:
    _set_period(row, row.period.lower, on)
    _note(row.family, Did.SPLIT, person=row.person, on=on, part=row.part, by=by)
    where = place if row.part in LIVES_THERE else Place()
    _begin(second, like=row, part=row.part, on=on, place=where, responsible=row.responsible)
    _note(second, Did.JOINED, person=row.person, on=on, part=row.part, by=by)


# What the acts share


def as_stay(membership: Membership) -> Stay:
    return Stay(membership.period.lower, membership.period.upper, membership.part)


def stays_of(family: Family, person: Person) -> list[Stay]:
    """Return every time of one person in one family."""
    return [as_stay(row) for row in family.memberships.counted().filter(person__in=person.rows()).order_by("period")]


def _stay_of(family: Family, person: Person, day: date) -> Membership | None:
    rows = family.memberships.known_on(day).filter(person__in=person.rows())
    return rows.select_related("person__merged_into").first()


def _locked(membership: Membership) -> Membership:
    """Return a membership as it is now, once nobody else changes the family."""
    lock_family(membership.family)
    row: Membership = Membership.objects.select_related("family__scope", "person__merged_into").get(pk=membership.pk)
    return row


def _set_period(membership: Membership, starts: date, ends: date | None) -> None:
    membership.period = DateRange(starts, ends)
    membership.save(update_fields=["period"])


def _note(family: Family, did: Did, *, on: date, by: User, **said: Any) -> HouseholdChange:
    return HouseholdChange.objects.create(family=family, did=did, on=on, recorded_by=by, **said)
