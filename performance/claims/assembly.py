"""From rows to what the engine reads: households over time, facts as known on the day, the school calendar.

Sets, not families: a fixed number of queries for each chunk.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.db.models import Count, DateField, Func, Q, TextField
from django.db.models.functions import Cast, Coalesce

from casework.cases.models import Case
from families.hub.models import FeedFile
from families.hub.rules import FEEDS
from families.hub.rules import State as RowState
from families.localities.models import Belonging
from families.people.models import Family as FamilyRow
from families.people.models import Membership, Person
from families.register.rules import Use
from families.sharing.use import facts_for
from performance.claims.models import SchoolTerm
from performance.pbr.rules import Fact, Household, Member, Period, Term
from performance.pbr.rules.catalogue import KINDS

DAY = timedelta(days=1)
STARTS, ENDS = (Func("period", function=end, output_field=DateField()) for end in ("lower", "upper"))
"""Not ``period__startswith``: Django looks such a name up by an exception, whose traceback holds every fact read."""


class Records(Protocol):
    """What the families' own records say to a run, asked once for all of a chunk."""

    def of(self, families: Iterable[int], same: Mapping[str, str]) -> Mapping[int, Sequence[Any]]: ...

    def facts(self, entries: Sequence[Any], household: Household) -> Iterable[Fact]: ...


class Near(NamedTuple):
    """Records searched for the families of some localities only."""

    localities: tuple[str, ...]
    fact: Fact


def text(column: Any) -> Cast:
    """Have PostgreSQL write the column as text: a UUID made only to be written again costs more than the fact."""
    return Cast(column, TextField())


def shown(name: str) -> Coalesce:
    """Read a column of the one person a row is of; of the entry itself where the other is out of sight."""
    return Coalesce(f"person__merged_into__{name}", f"person__{name}")


MEMBER = (
    "family_id", "person_id", text(shown("uid")), shown("born_on"), shown("given_names"), shown("family_name"),
)  # fmt: skip


@dataclass(frozen=True)
class Family:
    """One attached family as the engine reads it."""

    pk: int
    household: Household
    facts: tuple[Fact, ...]
    people: Mapping[str, int]


def school_terms() -> tuple[Term, ...]:
    return tuple(Term(t.name, t.starts_on, t.ends_on) for t in SchoolTerm.objects.all())


def attached_cases(*, by, on: date, within: Period | None = None):
    """Return the newest attached case of each family, in the order of families: of one that is known twice, one.

    ``within`` are the days of attachment that count, where not all do.
    """
    first, last = within or Period(date.min)
    days = {"attached_on__gte": first, "attached_on__lte": min(on, last or on)}
    cases = Case.objects.visible_to(by).filter(**days).annotate(one=Coalesce("family__merged_into", "family"))
    return cases.order_by("one", "-attached_on").distinct("one").values_list("one", "attached_on")


def assemble(
    attached: Sequence[tuple[int, date]],
    *,
    by,
    on: date,
    at: datetime,
    use: Use,
    near: Sequence[Near] = (),
    record: Records | None = None,
) -> Iterator[Family]:
    """Yield each family of a chunk with its household and own facts, as known at the end of ``on`` and by ``at``."""
    families = [family for family, _ in attached]
    ones = known_twice(families, by=by)
    members, people = members_of(families, ones, by=by)
    same = entered_twice(families, by=by)
    known = facts_of(families, ones, same, by=by, on=on, at=at, use=use)
    recorded = record.of(families, same) if record else {}
    homes, stays = homes_of(families, by=by), stays_of(families, by=by)
    for family, attached_on in attached:
        reference, locality = homes[family]
        household = Household(reference, tuple(members[family]), attached_on)
        searched = list(searched_for(near, stays[family])) if locality else []
        own = record.facts(recorded.get(family, ()), household) if record else ()
        yield Family(family, household, (*known[family], *searched, *own), people[family])


def known_twice(families: Iterable[int], *, by) -> dict[int, int]:
    """Return which of the families stands, by each other one that is the same family known again."""
    again = FamilyRow.objects.visible_to(by).filter(merged_into__in=families)
    return dict(again.values_list("pk", "merged_into"))


def homes_of(families: Iterable[int], *, by) -> dict[int, tuple[str, str | None]]:
    """Return the reference of each family, and its locality (none for one that is closed to named people)."""
    rows = FamilyRow.objects.visible_to(by).filter(pk__in=families)
    columns = rows.values_list("pk", "reference", "scope__locality__slug")
    return {pk: (reference, slug) for pk, reference, slug in columns}


def stays_of(families: Iterable[int], *, by) -> dict[int, list[tuple[str, Period]]]:
    """Return with which localities each family was, and when. Before it was known it belongs where it was found."""
    found: dict[int, list[tuple[str, Period]]] = defaultdict(list)
    rows = Belonging.objects.visible_to(by).filter(family__in=families).order_by("period")
    columns = rows.values_list("family_id", "locality__slug", "is_first", STARTS, ENDS)
    for family, slug, is_first, starts, ends in columns:
        found[family].append((slug, Period(date.min if is_first else starts, ends and ends - DAY)))
    return found


def searched_for(near: Iterable[Near], stays: Sequence[tuple[str, Period]]) -> Iterator[Fact]:
    """Yield what searches of some localities say of a family: for the days on which it was with one of them."""
    for localities, fact in near:
        there = [period for slug, period in stays if slug in localities and period.overlaps(fact.period)]
        for number, period in enumerate(there):
            ends = [day for day in (period.ends_on, fact.period.ends_on) if day]
            days = Period(max(period.starts_on, fact.period.starts_on), min(ends) if ends else None)
            yield fact if days == fact.period else replace(fact, id=f"{fact.id}:{number}", period=days)


def members_of(
    families: Iterable[int], ones: Mapping[int, int], *, by
) -> tuple[dict[int, list[Member]], dict[int, dict[str, int]]]:
    """Return the members of each family with every period they lived there, and the key of each one's row.

    Whoever was entered twice is the one person, as far as ``by`` may see both; ``ones`` as ``known_twice`` has it.
    """
    counted = Membership.objects.visible_to(by).of_the_family().counted()
    rows = counted.filter(family__in=families).order_by("pk")
    stays: dict[tuple, list] = defaultdict(list)
    members, people = defaultdict(list), defaultdict(dict)
    for entry, pk, uid, born, *named, part, starts, ends in rows.values_list(*MEMBER, "part", STARTS, ENDS):
        family = ones.get(entry, entry)
        who = (family, uid, born, in_print(" ".join(named)))
        stays[who].append((part, Period(starts, ends and ends - DAY)))
        people[family][uid] = pk
    for (family, uid, born, name), times in stays.items():
        parenting = any(part in {Membership.Part.PARENT, Membership.Part.AWAY} for part, _ in times)
        here = tuple(period for part, period in times if part != Membership.Part.AWAY)
        away = tuple(period for part, period in times if part == Membership.Part.AWAY)
        members[family].append(Member(uid, born, here, parenting, name, away))
    return members, people


def entered_twice(families: Iterable[int], *, by) -> dict[str, str]:
    """Return the one person by each entry of some families that is not shown, as far as ``by`` may see both."""
    again = Person.objects.visible_to(by).filter(merged_into__isnull=False, memberships__family__in=families)
    rows = again.filter(merged_into__in=Person.objects.visible_to(by))
    return dict(rows.values_list(text("uid"), text("merged_into__uid")))


def facts_of(
    families: Iterable[int], ones: Mapping[int, int], same: Mapping[str, str], *, by, on: date, at: datetime, use: Use
) -> dict[int, list[Fact]]:
    """Return the facts of each family that may be used, as they were known at the end of ``on`` and by ``at``."""
    found = defaultdict(list)
    known = facts_for(use, user=by).known_on(on, at=at).filter(family__in=families)
    rows = known.filter(recorded_on__gte=STARTS).order_by("pk")  # what is yet to come is no evidence
    about = ("family_id", text("uid"), "kind", text("person__uid"))
    columns = rows.values_list(*about, STARTS, ENDS, text("value"), "source_name", "recorded_on")
    for family, uid, kind, entry, starts, ends, value, source, recorded in columns:
        period, person = Period(starts, ends and ends - DAY), same.get(entry, entry)
        found[ones.get(family, family)].append(
            Fact(uid, kind, person, period, held_in(kind, value), in_print(source), recorded)
        )
    return found


@lru_cache(maxsize=8192)
def held_in(kind: str, value: str) -> Mapping[str, Any]:
    """Return what the engine reads of a fact's value. Many facts say the same, so it is read once."""
    found = json.loads(value)
    return {name: found[name] for name in KINDS[kind].value if name in found}


def files_received(*, by, on: date) -> list[FeedFile]:
    """Return the files received by a day, each with ``loaded`` and its numbers of ``unread`` and ``unmatched`` rows."""

    def rows(state: RowState) -> Count:
        return Count("rows", filter=Q(rows__state=state, rows__superseded_by=None))

    found = FeedFile.objects.visible_to(by).filter(received_on__lte=on).for_list()
    counted = found.annotate(unread=rows(RowState.FAILED), unmatched=rows(RowState.UNMATCHED))
    return list(counted.order_by("pk"))


def searched_facts(files: Iterable[FeedFile]) -> list[Fact]:
    """Return a "records checked" fact for each loaded file whose agency searched the whole county."""
    return [records_checked(file) for file in files if file.whole_county and says_what_did_not_happen(file)]


def searched_near(files: Iterable[FeedFile]) -> list[Near]:
    """Return the same for each loaded file whose agency searched some localities, with their names."""
    found = (file for file in files if file.searched_localities and says_what_did_not_happen(file))
    return [Near(tuple(file.searched_localities), records_checked(file)) for file in found]


def says_what_did_not_happen(file: FeedFile) -> bool:
    """Tell whether silence of a file is evidence: not before it is loaded, and a term no school reports is unknown."""
    return file.loaded and file.feed != "attendance"


def records_checked(file: FeedFile) -> Fact:
    """Return that an agency searched: for these days, what its file does not list did not happen."""
    return Fact(
        f"file:{file.uid}", "records_checked", None, as_period(file.covers), {"for": FEEDS[file.feed].fact_kind},
        in_print(f"{file.get_feed_display()}: {file.name}"), file.received_on,
    )  # fmt: skip


def doubts(files: Iterable[FeedFile]) -> list[str]:
    """Return a sentence for each file that does not say all it could: a claim may rest on its silence."""
    waiting = [
        f"{file.name} was not loaded to its end, so its silence proves nothing." for file in files if not file.loaded
    ]
    loaded = [file for file in files if file.loaded]
    unread = [f"{file.name}: {rows_of(file.unread)} could not be read." for file in loaded if file.unread]
    unmatched = [
        f"{file.name}: {rows_of(file.unmatched)} matched nobody the service knows." for file in loaded if file.unmatched
    ]
    return waiting + unread + unmatched


def rows_of(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def as_period(period) -> Period:
    """Read a PostgreSQL range (end excluded) as whole days, both ends included."""
    return Period(period.lower, period.upper and period.upper - DAY)


def in_print(text: str) -> str:
    """Return text as the case file allows it: one line of characters that can be printed."""
    return (
        text.strip() if text.isprintable() else " ".join("".join(c if c.isprintable() else " " for c in text).split())
    )
