"""What of a family's record somebody can point at: people, needs, addresses and facts, and what higher floors add."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from families.addresses.models import Home
from families.addresses.services import kept_back
from families.contesting.rules import About, key_of
from families.facts.models import Fact
from families.facts.words import period_in_words
from families.needs.models import Need
from families.people.models import Family, Membership, Person
from families.register.rules import Purpose
from families.register.services import use_on
from families.sharing.use import facts_for
from slf.accounts.models import User
from slf.clock import today
from slf.web.words import day_in_words

MOST = 60
"""Facts that the list of a form offers, the latest; an older one is said in words."""


@dataclass(frozen=True)
class Item:
    """Something to point at: its key, what it is called, and whose information it is."""

    key: str
    words: str
    person: Person | None = None


Source = Callable[..., Iterable[Item]]
_sources: list[Source] = []


def add_items(source: Source) -> None:
    """Register ``source(family, user=…)`` of a higher floor: what of its rows somebody can point at."""
    if source not in _sources:
        _sources.append(source)


def items_of(family: Family, *, user: User) -> dict[str, Item]:
    """Return what the reader sees and somebody may contest. Never what an address or a note says."""
    found = [*people(family, user), *needs(family, user), *homes(family, user), *facts(family, user)]
    found += [item for source in _sources for item in source(family, user=user)]
    return {item.key: item for item in found}


def people(family: Family, user: User) -> Iterator[Item]:
    rows = Membership.objects.visible_to(user).filter(family=family).on(today()).select_related("person__merged_into")
    for row in rows.in_order():
        yield Item(key_of(About.NAME, row.person.uid), f"The name of {row.name}", row.person)
        yield Item(key_of(About.BORN, row.person.uid), f"The date of birth of {row.name}", row.person)


def needs(family: Family, user: User) -> Iterator[Item]:
    rows = Need.objects.visible_to(user).filter(family=family).select_related("person__merged_into")
    for row in rows:
        whose = f", {row.person}" if row.person else ""
        yield Item(key_of(About.NEED, row.uid), f"Need: {row.get_kind_display()}{whose}", row.person)


def homes(family: Family, user: User) -> Iterator[Item]:
    hidden = kept_back(family, on=today())
    rows = Home.objects.visible_to(user).filter(family=family, in_error=False)
    for row in rows.select_related("membership__person__merged_into"):
        if row.membership_id not in hidden:
            since = day_in_words(row.period.lower)
            words = f"The address of {row.membership.name} since {since}"
            yield Item(key_of(About.ADDRESS, row.uid), words, row.membership.person)


def facts(family: Family, user: User) -> Iterator[Item]:
    use = use_on(today(), purpose=Purpose.SUPPORT)
    rows = facts_for(use, user=user).filter(family=family, superseded_by=None).select_related("person__merged_into")
    for row in rows.order_by("-period__startswith", "-pk")[:MOST]:
        whose = f", {row.person}" if row.person else ""
        yield Item(key_of(About.FACT, row.uid), in_words(row) + whose, row.person)


def in_words(row: Fact) -> str:
    return f"{row.get_kind_display()}, {period_in_words(row.period.lower, row.period.upper)}"
