"""What is known of the work with many families: a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from casework.cases.models import Case
from casework.cases.work import Work, work_with
from casework.drift.rules import (
    DECIDED_EVERY,
    EXPECTED_WEEKS,
    UNCHANGED_REVIEWS,
    Found,
    Known,
    Limits,
    Marks,
    signs_of,
)
from casework.plans.models import Action
from casework.stars.models import Reading
from casework.visits.contact import Contact, last_contacts
from casework.visits.rules import CHILD_SEEN_EVERY_DAYS, CONTACT_EVERY_DAYS
from families.people.models import Membership
from families.register.rules import Purpose
from families.register.services import use_on
from families.sharing.use import facts_for
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of

PLAN, A_CHILD = "child_protection_plan", "A child"


@dataclass(frozen=True)
class Seen:
    """One family as whoever looks may see it: who works with it, since when it is open, and its signs."""

    family: int
    opened_on: date
    work: Work | None
    contact: Contact | None
    signs: list[Found]


def limits_on(day: date) -> Limits:
    contact, child, decided, weeks, reviews = (
        value_of(setting, on=day)
        for setting in (CONTACT_EVERY_DAYS, CHILD_SEEN_EVERY_DAYS, DECIDED_EVERY, EXPECTED_WEEKS, UNCHANGED_REVIEWS)
    )
    return Limits(contact, child, decided, weeks, reviews)


def open_cases(user: User, *, on: date, among: Iterable[int] | None = None, can: Can = Can.READ) -> dict[int, date]:
    """Return since when the case of each family this person may open is open, by the family that stands."""
    rows = Case.objects.visible_to(user, can=can).open_on(on).order_by()
    rows = rows if among is None else rows.filter(family__in=among)
    stands = rows.values_list("family__merged_into", "family__pk", "opened_on")
    return {into or family: day for into, family, day in stands}


@dataclass(frozen=True)
class Supervised:
    """What supervision knows of families: when each was last decided on, and how many agreed actions are late."""

    decided: Mapping[int, date]
    late: Mapping[int, int]


def seen(cases: Mapping[int, date], supervised: Supervised, *, user: User, on: date) -> dict[int, Seen]:
    """Return how the work with each family of these cases stands."""
    ids, limits = list(cases), limits_on(on)
    works, _ = work_with(ids, user=user, on=on)
    contacts, last = last_contacts(ids, user=user)
    children = children_of(ids, user=user, on=on)
    readings = readings_of(ids, most=limits.unchanged_reviews + 1, user=user)
    late, protected = late_of(ids, user=user, on=on), protected_of(ids, user=user, on=on)

    def known(pk: int) -> Known:
        return Known(
            began=cases[pk],
            contact=contacts[pk].happened_on if pk in contacts else None,
            children=[(name, last.get((pk, person))) for person, name in children[pk].items()],
            readings=readings.get(pk, ()),
            decided=supervised.decided.get(pk),
            late=late.get(pk, 0) + supervised.late.get(pk, 0),
            protected=[children[pk].get(person, A_CHILD) for person in protected.get(pk, ())],
        )

    return {pk: Seen(pk, cases[pk], works.get(pk), contacts.get(pk), signs_of(known(pk), limits, on=on)) for pk in ids}


def children_of(families: Iterable[int], *, user: User, on: date) -> dict[int, dict[int, str]]:
    """Return what the children of each household are called there, by person."""
    rows = Membership.objects.visible_to(user).on(on).of_each(families).filter(part=Membership.Part.CHILD)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for member in rows.select_related("person__merged_into").in_order():
        found[member.stands][member.person.pk] = given_name(member)
    return found


def given_name(member: Membership) -> str:
    return str(member.called or member.person.known_as or member.person.given_names)


def readings_of(families: Iterable[int], *, most: int, user: User) -> dict[int, list[Marks]]:
    """Return the marks of the last readings of each family, the newest first, as far as the tool is the same."""
    rows = Reading.objects.visible_to(user).current().of_each(families).order_by()
    place = Window(RowNumber(), partition_by=F("stands"), order_by=[F("taken_on").desc(), F("pk").desc()])
    last = rows.annotate(place=place).filter(place__lte=most).values_list("stands", "place", "tool", "marks")
    found: dict[int, list[tuple[int, Marks]]] = defaultdict(list)
    for family, _, tool, marks in sorted(last, key=lambda row: row[:2]):
        found[family].append((tool, marks))
    return {pk: [marks for tool, marks in read if tool == read[0][0]] for pk, read in found.items()}


def late_of(families: Iterable[int], *, user: User, on: date) -> dict[int, int]:
    rows = Action.objects.visible_to(user).to_do().filter(due_on__lt=on).of_each(families).order_by()
    return dict(rows.values("stands").annotate(n=Count("pk")).values_list("stands", "n"))


def protected_of(families: Iterable[int], *, user: User, on: date) -> dict[int, list[int]]:
    """Return who of each family is on a child protection plan on a day, as far as that may be used."""
    use = use_on(on, purpose=Purpose.SUPPORT)
    rows = facts_for(use, user=user).known_on(on).of_each(families).filter(kind=PLAN, period__contains=on)
    found: dict[int, list[int]] = defaultdict(list)
    for family, person, one in rows.order_by("pk").values_list("stands", "person__pk", "person__merged_into"):
        if (one or person) not in found[family]:
            found[family].append(one or person)
    return found
