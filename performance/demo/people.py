"""Made-up families, their households and needs, in sets."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from families.addresses.models import Home, Phone
from families.needs.models import Need
from families.needs.rules import NEEDS
from families.people.models import Family, Membership, Person
from families.people.rules import FAMILY, household_name
from families.reference import DISTRICTS
from families.sharing.models import Agreement
from performance.demo.identifiers import made_up_nhs_number, made_up_ni_number, made_up_upn
from performance.demo.names import FEMALE, MALE, SCHOOLS, STREETS, SURNAMES
from slf.access.models import Locality
from slf.access.services import locality_scope
from slf.accounts.models import User

COUNTS = {
    "north-west-leicestershire": (235, 354), "charnwood": (431, 635), "melton": (127, 161),
    "oadby-and-wigston": (68, 156), "harborough": (66, 150), "blaby": (80, 172), "hinckley-and-bosworth": (277, 390),
}  # fmt: skip
"""Families identified at March 2012: complex, at risk (Locality Proposals Information Pack, 10 October 2012)."""

ALL = sum(map(sum, COUNTS.values()))
NHS_NUMBER_KNOWN = 0.4
OLDEST, YOUNGEST = date(1966, 1, 1), date(1992, 1, 1)


@dataclass
class Made:
    """One made-up family on its way into the database."""

    row: Family
    complex: bool
    improves: bool
    adults: list[Person] = field(default_factory=list)
    children: list[Person] = field(default_factory=list)


def make_families(chance: random.Random, *, total: int, by: User) -> dict[str, list[Made]]:
    """Make ``total`` families in the real proportions of locality and band; return them by locality."""
    made = {slug: [] for slug in COUNTS}
    numbers = reference_numbers(sum(share(n, total) for counts in COUNTS.values() for n in counts))
    for slug, counts in COUNTS.items():
        locality = Locality.objects.get(slug=slug)
        for complex_, count in zip((True, False), counts, strict=True):
            made[slug] += [
                make_family(chance, locality, next(numbers), complex_=complex_) for _ in range(share(count, total))
            ]
    everyone = [each for families in made.values() for each in families]
    Family.objects.bulk_create(each.row for each in everyone)
    make_households(chance, everyone)
    make_needs(chance, everyone, by=by)
    return made


def share(count: int, total: int) -> int:
    return max(1, round(count * total / ALL))


def reference_numbers(count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('families_reference') from generate_series(1, %s)", [count])
        return iter([number for (number,) in cursor.fetchall()])


def make_family(chance: random.Random, locality: Locality, number: int, *, complex_: bool) -> Made:
    known = date(2012, 4, 2) + timedelta(days=chance.randrange(800))
    scope = locality_scope(locality)
    row = Family(
        reference=f"SLF-{number:06d}", name=household_name(chance.choice(SURNAMES)), scope=scope, known_since=known
    )
    return Made(row, complex_, improves=chance.random() < 0.6)


def make_households(chance: random.Random, everyone: list[Made]) -> None:
    """Give each family one or two adults and one to four children, at one address."""
    for each in everyone:
        surname = each.row.name.removesuffix(FAMILY)
        for _ in range(chance.choice((1, 1, 2))):
            each.adults.append(person(chance, each, surname, adult=True))
        for _ in range(chance.choice((1, 2, 2, 3, 4))):
            each.children.append(person(chance, each, surname, adult=False))
    Person.objects.bulk_create(p for each in everyone for p in (*each.adults, *each.children))
    Membership.objects.bulk_create(m for each in everyone for m in memberships(each, chance.choice(SCHOOLS)))
    make_homes(chance, everyone)


def person(chance: random.Random, family: Made, surname: str, *, adult: bool) -> Person:
    """Make somebody of whom nobody else of the family has the name, and children whose parents were grown up."""
    female = family.adults[0].gender == "male" if adult and family.adults else chance.random() < (0.8 if adult else 0.5)
    grown_up = max((date(one.born_on.year + 18, 9, 1) for one in family.adults), default=OLDEST)
    first, last = (OLDEST, YOUNGEST) if adult else (max(date(1998, 9, 1), grown_up), date(2013, 6, 1))
    born = day_between(chance, first, last)
    taken = {one.given_names for one in (*family.adults, *family.children)}
    names = [name for name in (FEMALE if female else MALE) if name not in taken]
    number = chance.randrange(10**9)
    identifiers = {"ni_number": made_up_ni_number(number)} if adult else {"upn": made_up_upn(number)}
    if chance.random() < NHS_NUMBER_KNOWN:
        identifiers["nhs_number"] = made_up_nhs_number(number)
    return Person(
        given_names=chance.choice(names), family_name=surname, born_on=born,
        gender="female" if female else "male", scopes=[family.row.scope_id], **unique(identifiers),
    )  # fmt: skip


_used: set[str] = set()


def unique(identifiers: dict[str, str]) -> dict[str, str]:
    """Leave out the rare identifier that chance gave twice."""
    fresh = {name: value for name, value in identifiers.items() if value not in _used}
    _used.update(fresh.values())
    return fresh


def day_between(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange((last - first).days))


def memberships(each: Made, school: str) -> Iterator[Membership]:
    for one in each.adults:
        yield Membership(family=each.row, person=one, part=Membership.Part.PARENT, period=(date(2010, 1, 1), None))
    for one in each.children:
        starts = max(one.born_on, date(2010, 1, 1))
        yield Membership(family=each.row, person=one, part=Membership.Part.CHILD, period=(starts, None), school=school)


def make_homes(chance: random.Random, everyone: list[Made]) -> None:
    """Give each family its address, and its adults a telephone."""
    members = defaultdict(list)
    for member in Membership.objects.filter(family__in=[each.row for each in everyone]).order_by("pk"):
        members[member.family_id].append(member)
    homes, phones = [], []
    for each in everyone:
        district = chance.choice(DISTRICTS[each.row.scope.locality.slug])
        place = {
            "address": f"{chance.randint(1, 120)} {chance.choice(STREETS)}",
            "postcode": f"{district} {chance.randint(1, 9)}AB",
        }
        for member in members[each.row.pk]:
            lived = {"family": each.row, "membership": member, "period": member.period}
            homes.append(Home(**lived, **place))
            if member.part == Membership.Part.PARENT:
                phones.append(Phone(**lived, number=f"01509 496{chance.randint(100, 999)}"))
    Home.objects.bulk_create(homes)
    Phone.objects.bulk_create(phones)


def make_needs(chance: random.Random, everyone: list[Made], *, by: User) -> None:
    """Give complex families five to eight needs, the others two to four; and write down that they agreed."""
    kinds = list(NEEDS)
    Need.objects.bulk_create(
        Need(family=each.row, kind=kind, started_on=each.row.known_since, source="Referral", evidence="")
        for each in everyone
        for kind in chance.sample(kinds, chance.randint(*((5, 8) if each.complex else (2, 4))))
    )
    Agreement.objects.bulk_create(
        Agreement(family=each.row, person=each.adults[0], state=Agreement.State.GIVEN, said_on=each.row.known_since,
                  how=Agreement.How.IN_PERSON, recorded_by=by)
        for each in everyone
    )  # fmt: skip
