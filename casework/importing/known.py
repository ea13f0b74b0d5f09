"""What is there already, asked in sets: a fixed number of queries for each two thousand rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from casework.cases.models import Case
from casework.importing.models import ImportFile, ImportRow
from casework.importing.rules.columns import Sheet
from casework.importing.rules.judging import Days, Known, Likeness, State
from casework.importing.rules.reading import Line
from families.identifiers.rules import KINDS
from families.people.models import Person
from referrals.workers.services import workers_in
from slf.access.models import Locality
from slf.accounts.models import User

CHUNK = 2000
COMPARED = ("pk", "given_names", "family_name", "born_on", "born_estimated", "merged_into_id", *KINDS)


def known_of(file: ImportFile, lines: Sequence[Line], *, by: User) -> Known:
    """Return what the rows of a file are judged by, as far as whoever sent it may see."""
    made = ImportRow.objects.visible_to(by).filter(scope=file.scope_id, source=file.source, state=State.MADE)
    families = {line.family for line in lines}
    there = families_there(made, families)
    days = cases_of(there.values(), by=by)
    return Known(
        families=frozenset(there),
        rows=frozenset(found(made, "key", {line.key for line in lines})),
        likeness=likeness_of([line for line in lines if line.person], by=by),
        workers=workers_by_name(file.locality),
        cases={key: days[family] for key, family in there.items()},
    )


def found(rows: QuerySet[ImportRow], name: str, wanted: Iterable[str]) -> Iterator[str]:
    for some in chunks(wanted):
        yield from rows.filter(**{f"{name}__in": some}).order_by().values_list(name, flat=True)


def families_there(made: QuerySet[ImportRow], families: Iterable[str]) -> dict[str, int]:
    """Return which family of the list became which, of those made before: of one known twice, the one that stands."""
    there: dict[str, int] = {}
    for some in chunks(families):
        rows = made.filter(sheet=Sheet.PEOPLE, family_key__in=some).order_by()
        there |= dict(rows.values_list("family_key", Coalesce("family__merged_into", "family")).distinct())
    return there


def cases_of(families: Iterable[int], *, by: User) -> dict[int, list[Days]]:
    """Return the days of the cases in sight of some families that stand, whichever entry they were opened in."""
    days: dict[int, list[Days]] = defaultdict(list)
    for some in chunks(set(families)):
        cases = Case.objects.visible_to(by).of_each(some).order_by()
        for family, opened, closed in cases.values_list("stands", "opened_on", "closed_on"):
            days[family].append((opened, closed))
    return days


def likeness_of(lines: Sequence[Line], *, by: User) -> dict[int, Likeness]:
    """Return, by the number of a row, who in sight may be its person: by a number, else by name and birth."""
    people = {line.number: line.person for line in lines if line.person}
    by_number = people_by_number(people.values(), by=by)
    by_birth = people_by_birth(people.values(), by=by)
    result = {}
    for number, person in people.items():
        pairs = {pair: by_number[pair] for pair in person.identifiers.items() if pair in by_number}
        numbered = {pk for holders in pairs.values() for pk in holders}
        born = by_birth.get(person.name_and_birth, set()) if person.name_and_birth else set()
        if numbered or born:
            result[number] = Likeness(tuple(sorted(numbered | born)), frozenset(field for field, _ in pairs))
    return result


def people_by_number(people, *, by: User) -> dict[tuple[str, str], set[int]]:
    """Return people by each of their numbers; who was adopted since is nobody by theirs: nothing links the two."""
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    everyone = list(people)
    for field in KINDS:
        codes = {person.identifiers[field] for person in everyone if field in person.identifiers}
        for some in chunks(codes):
            rows = Person.objects.visible_to(by).filter(**{f"{field}__in": some}, adopted_on=None)
            for row in rows.only(*COMPARED):
                holders[field, getattr(row, field)].add(one_of(row))
    return holders


def people_by_birth(people, *, by: User) -> dict[tuple, set[int]]:
    """Return people by first given name, surname and birth; whose birth is an estimate is like nobody by it."""
    holders: dict[tuple, set[int]] = defaultdict(set)
    days = {wanted[2] for person in people if (wanted := person.name_and_birth)}
    for some in chunks(days):
        rows = Person.objects.visible_to(by).filter(born_on__in=some, born_estimated=False, adopted_on=None)
        for row in rows.only(*COMPARED):
            first = row.given_names.split()[:1]
            if first:
                holders[first[0].casefold(), row.family_name.casefold(), row.born_on].add(one_of(row))
    return holders


def one_of(person: Person) -> int:
    return person.merged_into_id or person.pk


def workers_by_name(locality: Locality) -> dict[str, int]:
    """Return the workers of a locality by everything they may be called; of a name that two share, nobody."""
    called: dict[str, set[int]] = defaultdict(set)
    for worker in workers_in(Locality.objects.filter(pk=locality.pk).values("pk")):
        for name in {worker.username, worker.email, worker.get_full_name()}:
            if name:
                called[name.casefold()].add(worker.pk)
    return {name: next(iter(pks)) for name, pks in called.items() if len(pks) == 1}


def chunks(items: Iterable) -> Iterator[list]:
    items = iter(items)
    while some := list(islice(items, CHUNK)):
        yield some
