"""Families that may be known twice: they share people, or an address and a name. And what was made one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce, Lower

from families.addresses.models import Home
from families.people.models import Family, Membership, Person
from families.twice import rules
from families.twice.models import FamilyMerge
from slf.access.models import FamilyRecord
from slf.access.rules import Can
from slf.accounts.models import User

MOST = 100
"""Pairs that one list shows."""
Pair = tuple[int, int]


@dataclass(frozen=True)
class KnownTwice:
    """Two families that may be one, and why in words. The one known for longer is offered to stand."""

    twice: Family
    one: Family
    why: str


def may_be_one_family(user: User, *, on: date, family: Family | None = None) -> list[KnownTwice]:
    """Return the pairs of families, seen by the same people, that this person may make one. Four queries."""
    mine = Family.objects.open_to(user).visible_to(user, can=Can.RESTRICT_FAMILY).standing()
    people, homes = shared_people(mine, user=user, on=on), shared_homes(mine, user=user, on=on)
    why = {pair: [rules.in_both(names)] for pair, names in people.items()}
    for pair, address in homes.items():
        why.setdefault(pair, []).append(f"Same address and name, {address}" if pair not in people else address)
    wanted = {pair: words for pair, words in why.items() if family is None or family.pk in pair}
    families = mine.select_related("scope__locality").in_bulk({pk for pair in wanted for pk in pair})
    found = [known_twice(families, pair, words) for pair, words in wanted.items()]
    return sorted(found, key=lambda pair: (pair.one.name, pair.one.pk, pair.twice.pk))[:MOST]


def known_twice(families: Mapping[int, Family], pair: Pair, words: Iterable[str]) -> KnownTwice:
    first, second = sorted((families[pk] for pk in pair), key=lambda one: (one.known_since, one.pk))
    return KnownTwice(second, first, "; ".join(words))


def shared_people(mine, *, user: User, on: date) -> dict[Pair, list[str]]:
    """Return who is in two families on a day, whichever way they were entered, by the two families.

    Whose other entry is out of sight is called as they are written here.
    """
    rows = Membership.objects.visible_to(user).on(on).filter(family__in=mine).order_by()
    one = rows.values_list(Coalesce("person__merged_into", "person"), "scope").annotate(written=Min("person"))
    shared = in_several(one)
    people = Person.objects.visible_to(user).in_bulk({key for person, _, here, _ in shared for key in (person, here)})
    found: dict[Pair, list[str]] = defaultdict(list)
    for person, _, here, families in shared:
        for pair in pairs_of(families):
            found[pair].append(str(people.get(person) or people[here]))
    return found


def shared_homes(mine, *, user: User, on: date) -> dict[Pair, str]:
    """Return the address at which two families of one name live, where it is no secret, by the two families."""
    rows = Home.objects.visible_to(user).in_the_open().on(on).filter(family__in=mine, use=Home.Use.MAIN)
    rows = rows.exclude(address="").exclude(postcode="").order_by()
    alike = rows.values_list(Lower("family__name"), Lower("address"), "scope", "postcode").annotate(
        as_written=Min("address")
    )
    shared = in_several(alike)
    return {pair: f"{at}, {postcode}" for *_, postcode, at, families in shared for pair in pairs_of(families)}


def in_several(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Return the values that rows of several families share, each with these families: grouped, never row by row."""
    counted = rows.alias(n=Count("family_id", distinct=True)).filter(n__gt=1)
    return list(counted.annotate(families=ArrayAgg("family_id", distinct=True)))


def pairs_of(families: Iterable[int]) -> Iterator[Pair]:
    listed = sorted(families)
    yield from ((a, b) for place, a in enumerate(listed) for b in listed[place + 1 :])


def families_made_one(user: User) -> list[FamilyMerge]:
    """Return what was made one in the records over which this person decides, the latest first."""
    rows = FamilyMerge.objects.visible_to(user, can=Can.RESTRICT_FAMILY).standing()
    return list(rows.select_related("family", "into", "by")[:MOST])


def also_known_as(family: Family, *, user: User) -> list[FamilyMerge]:
    """Return which other families are the same as one."""
    rows = FamilyMerge.objects.visible_to(user).standing().filter(into=family)
    return list(rows.select_related("family").order_by("pk"))


def written_of(family: Family, *, user: User) -> dict[str, int]:
    """Return how many rows of each kind stand in one family's record, as far as they may be seen, by kind in words."""
    found = dict.fromkeys([*rules.KINDS, rules.OTHER], 0)
    for relation in Family._meta.get_fields(include_hidden=True):
        model = relation.related_model if relation.auto_created and relation.one_to_many else None
        if model and issubclass(model, FamilyRecord) and relation.field.name == "family" and model is not FamilyMerge:
            rows = model._default_manager.visible_to(user).filter(family__pk=family.pk)
            found[rules.kind_in_words(model.__name__)] += rows.aggregate(n=Count("pk"))["n"]
    return found
