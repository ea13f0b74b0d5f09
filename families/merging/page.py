"""Both entries side by side before anything is done; who may have been entered twice; what was made one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from families.addresses.models import Home, Phone
from families.flags.models import Flag
from families.identifiers.rules import KINDS, identifier_in_words
from families.merging import rules
from families.merging.models import PersonMerge
from families.merging.services import ACROSS, WITHIN, naming_people, refusals, shared_families
from families.people.models import Family, Membership, Person
from families.people.services import known_of
from slf.access.rights import rights_of
from slf.accounts.models import User
from slf.web.words import day_in_words

NOTHING = "Not known"
MOST = 100
"""Pairs that one list shows."""


@dataclass(frozen=True)
class Line:
    """One thing that is known of both, and what is shown afterwards."""

    label: str
    twice: str
    one: str
    after: str

    @property
    def differs(self) -> bool:
        return self.twice != self.one and NOTHING not in {self.twice, self.one}


@dataclass(frozen=True)
class Preview:
    """What making two entries one would do. Looking at it changes nothing."""

    twice: Person
    one: Person
    lines: Sequence[Line]
    named: Sequence[tuple[str, int, int]]
    refusals: Sequence[str]
    together: bool

    @property
    def conflicts(self) -> int:
        return sum(line.differs for line in self.lines)


def preview(twice: Person, one: Person, *, by: User, on: date) -> Preview:
    lines = [*who_they_are(twice, one), *where_they_are(twice, one, by=by, on=on)]
    named = list(what_names_them(twice, one, by=by))
    return Preview(twice, one, lines, named, refusals(twice, one), together=bool(shared_families(twice, one)))


def who_they_are(twice: Person, one: Person) -> Iterator[Line]:
    """The name and the birth of the one who stays are shown; the identifiers of both find them."""
    for label, said in (("Name", full_name), ("Known as", called), ("Born", born), ("Gender", gender)):
        yield Line(label, said(twice), said(one), said(one))
    for field in KINDS:
        ours = [getattr(person, field) or "" for person in (twice, one)]
        words = [identifier_in_words(number) if number else NOTHING for number in ours]
        both = ", ".join(identifier_in_words(number) for number in dict.fromkeys(filter(None, reversed(ours))))
        yield Line(Person._meta.get_field(field).verbose_name.capitalize(), *words, both or NOTHING)


def full_name(person: Person) -> str:
    return f"{person.given_names} {person.family_name}"


def called(person: Person) -> str:
    return person.known_as or NOTHING


def born(person: Person) -> str:
    about = "About " if person.born_estimated else ""
    return f"{about}{day_in_words(person.born_on)}" if person.born_on else NOTHING


def gender(person: Person) -> str:
    return NOTHING if person.gender == Person.Gender.NOT_KNOWN else person.get_gender_display()


def where_they_are(twice: Person, one: Person, *, by: User, on: date) -> Iterator[Line]:
    """In a family with both, the time there and the place of the one who stays count; elsewhere each keeps its own."""
    stays = [stays_of(person, by=by) for person in (twice, one)]
    shared = set(shared_families(twice, one))
    count = [row for row in stays[0] if row.family_id not in shared] + list(stays[1])
    for label, said in (("In families", in_families), ("School", schools)):
        yield Line(label, said(stays[0]), said(stays[1]), said(count))
    for label, model in (("Lives at", Home), ("Telephone", Phone)):
        rows = model.objects.visible_to(by).on(on).order_by("pk")
        yield Line(label, *(joined(map(str, rows.filter(membership__in=group))) for group in (*stays, count)))
    yield Line("Safe contact", safe(stays[0]), safe(stays[1]), safe(count))
    counts = Flag.objects.visible_to(by).on(on).order_by("pk")
    own = [joined(map(str, counts.filter(membership__in=group))) for group in stays]
    yield Line("Flags", *own, joined(said for said in own if said != NOTHING))


def stays_of(person: Person, *, by: User) -> list[Membership]:
    rows = Membership.objects.visible_to(by).filter(person=person)
    return list(rows.select_related("family").order_by("period", "pk"))


def in_families(stays: Sequence[Membership]) -> str:
    return joined(
        f"{row.family} {row.family.reference}: {row.get_part_display().lower()} since {day_in_words(row.period.lower)}"
        + (f" until {day_in_words(row.period.upper)}" if row.period.upper else "")
        for row in stays
    )


def schools(stays: Sequence[Membership]) -> str:
    return joined(row.school for row in stays if row.period.upper is None)


def safe(stays: Sequence[Membership]) -> str:
    return joined(row.safe_contact for row in stays if row.period.upper is None)


def joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, words))) or NOTHING


def what_names_them(twice: Person, one: Person, *, by: User) -> Iterator[tuple[str, int, int]]:
    """Yield how many rows of each kind name either of them: all stay where they are, and are read as of one person."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for model, field in naming_people():
        rows = model._default_manager.visible_to(by).filter(**{f"{field}__in": [twice, one]}).order_by()
        for key, number in rows.values_list(field).annotate(number=Count("pk")):
            counts[str(model._meta.verbose_name_plural).capitalize()][key == one.pk] += number
    yield from ((label, *pair) for label, pair in sorted(counts.items()))


# Lists


@dataclass(frozen=True)
class Twice:
    """Two entries that look like one person."""

    twice: Membership
    one: Membership
    why: str

    @property
    def together(self) -> bool:
        return self.twice.family_id == self.one.family_id


def may_be_twice(user: User, *, family: Family | None = None) -> list[Twice]:
    """Return the pairs of entries, born on one day and called alike, that this person may make one. Two queries."""
    by_day: dict[date | None, list[Person]] = defaultdict(list)
    for person in called_alike(user):
        by_day[person.born_on].append(person)
    people = {person.pk: person for born_that_day in by_day.values() for person in born_that_day}
    found = [
        pair
        for born_that_day in by_day.values()
        for pair in rules.pairs((person.pk, known_of(person)) for person in born_that_day)
        if set(people[pair[0]].scopes) == set(people[pair[1]].scopes)
    ]
    stays = latest_stays({pk for first, second, _ in found for pk in (first, second)}, user=user, family=family)
    listed = [Twice(stays[b], stays[a], why) for a, b, why in found if a in stays and b in stays]
    mine = [pair for pair in listed if pair.together or may_over_two(user, pair)]
    return sorted(mine, key=lambda pair: (pair.one.family.name, pair.one.pk))[:MOST]


def called_alike(user: User) -> QuerySet[Person]:
    """Return the entries beside which another one has the same date of birth and one of the names."""
    entries = Person.objects.visible_to(user).filter(
        born_on__isnull=False, born_estimated=False, adopted_on__isnull=True, merged_into__isnull=True
    )
    alike = Q(family_name__iexact=OuterRef("family_name")) | Q(given_names__iexact=OuterRef("given_names"))
    other = entries.filter(alike, born_on=OuterRef("born_on")).exclude(pk=OuterRef("pk"))
    return entries.filter(Exists(other)).order_by("pk")


def latest_stays(people: Collection[int], *, user: User, family: Family | None) -> dict[int, Membership]:
    """Return the latest time in a family, of those whose record this person reviews, by the entry's key."""
    families = Family.objects.open_to(user).visible_to(user, can=WITHIN)
    rows = Membership.objects.visible_to(user, can=WITHIN).filter(family__in=families, person__in=people)
    if family is not None:
        rows = rows.filter(family=family)
    ordered = rows.select_related("family", "person").order_by("person_id", "-period", "-pk").distinct("person_id")
    return {row.person_id: row for row in ordered}


def may_over_two(user: User, pair: Twice) -> bool:
    rights = rights_of(user)
    return all(rights.may(ACROSS, row.family.scope_id) for row in (pair.twice, pair.one))


def made_one(user: User) -> list[PersonMerge]:
    """Return what was made one in the records this person reviews, the latest first."""
    rows = PersonMerge.objects.visible_to(user, can=WITHIN).standing()
    return list(rows.select_related("person", "into", "family", "by")[:MOST])


def entries_of(family: Family, *, by: User) -> list[Person]:
    """Return everybody entered in a family, each entry by itself."""
    rows = Membership.objects.visible_to(by).filter(family=family)
    ids = rows.order_by().values("person")
    return list(Person.objects.visible_to(by).filter(Q(pk__in=ids), merged_into__isnull=True, adopted_on__isnull=True))
