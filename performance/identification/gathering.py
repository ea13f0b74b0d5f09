"""Whom the data holds: families with what is known of them, worked with or not, and people no family is known of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models.fields.json import KeyTextTransform

from casework.cases.models import Case
from families.hub.matching import NOBODY, people_by_identifier
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import FEEDS, BadRow, Reading
from families.hub.rules import State as RowState
from families.people.models import Family as FamilyRow
from families.register.rules import Use
from families.sharing.models import Agreement
from performance.claims.assembly import DAY, Family, Near, assemble, attached_cases
from performance.claims.using import may_be_used
from performance.pbr.rules import Fact, Household, Member, Period
from performance.pbr.rules.catalogue import KINDS
from slf.web.words import day_in_words

SIZE = 250
WHO = "somebody"
HERE = Household("Not known", (Member(WHO, None, (Period(date.min),)),))
NUMBERS = {"upn": "UPN", "ni_number": "NI number"}


@dataclass(frozen=True)
class Looked:
    """One family of the store, with the day it was attached and what that rests on; none where it is not."""

    family: Family
    attached_by: str = ""


def families_after(last: int, *, by) -> list[int]:
    """Return the next families in their order: each once, of one that is known twice the one that stands."""
    rows = FamilyRow.objects.visible_to(by).filter(pk__gt=last, merged_into__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:SIZE])


def how_many(*, by) -> int:
    return FamilyRow.objects.visible_to(by).filter(merged_into__isnull=True).count()


def look_at(families: Sequence[int], *, by, on: date, at: datetime, use: Use, near: Sequence[Near]) -> Iterator[Looked]:
    """Yield some families as the engine reads them: of those not attached the household of this day."""
    attached = dict(attached_cases(by=by, on=on).filter(one__in=families))
    rests_on = attachments(attached, by=by)
    asked = [(family, attached.get(family, on)) for family in families]
    for family in assemble(asked, by=by, on=on, at=at, use=use, near=near):
        if family.pk in attached:
            yield Looked(family, rests_on[family.pk])
        else:
            yield Looked(replace(family, household=replace(family.household, attached_on=None)))


def attachments(attached: dict[int, date], *, by) -> dict[int, str]:
    """Return what the attachment of each family rests on: its case, and what the family said of the service by then."""
    cases = Case.objects.visible_to(by).of_each(attached).filter(attached_on__isnull=False).select_related("opened_by")
    found = {
        case.stands: f"Case opened on {day_in_words(case.opened_on)} by {case.opened_by}"
        for case in cases.order_by("attached_on")
        if attached.get(case.stands) == case.attached_on
    }
    agreed = Agreement.objects.visible_to(by).of_each(attached).order_by("said_on", "pk")
    last = {row.stands: row for row in agreed if row.said_on <= attached[row.stands]}
    for family, row in last.items():
        if row.state == Agreement.State.GIVEN and family in found:
            found[family] += f"; agreed on {day_in_words(row.said_on)}: {row.get_how_display().lower()}"
    return {family: found.get(family, "") for family in attached}


# --- people no family is known of --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stranger:
    """Somebody in files: the lines that are about them, and what these say."""

    lines: tuple[str, ...]
    facts: tuple[Fact, ...]
    household: Household


def groups_of(files: Iterable[FeedFile], *, by) -> list[list[int]]:
    """Return the rows about nobody who is known, of some files, put together by the numbers in them."""
    rows = FeedRow.objects.visible_to(by).current().filter(file__in=files, state=RowState.UNMATCHED, reason=NOBODY)
    told = rows.annotate(**{name: KeyTextTransform(column, "raw") for name, column in NUMBERS.items()})
    whose: dict[tuple[str, str], int] = {}
    together: dict[int, list[int]] = {}
    for pk, *numbers in told.order_by("pk").values_list("pk", *NUMBERS):
        keys = [(k, "".join(n.upper().split())) for k, n in zip(NUMBERS, numbers, strict=True) if n and n.strip()]
        found = {whose[key] for key in keys if key in whose}
        first = min(found, default=pk)
        together.setdefault(first, []).append(pk)
        for other in found - {first}:
            together[first] += together.pop(other)
            whose |= dict.fromkeys([key for key, group in whose.items() if group == other], first)
        whose |= dict.fromkeys(keys, first)
    return list(together.values())


def strangers(groups: Sequence[list[int]], *, by, on: date) -> Iterator[Stranger]:
    """Yield each group whose numbers are still nobody's, as the engine reads it: alone in a household."""
    pks = [pk for group in groups for pk in group]
    rows = {row.pk: row for row in FeedRow.objects.visible_to(by).filter(pk__in=pks).select_related("file")}
    read = {pk: reading for pk, row in rows.items() if (reading := read_row(row))}
    known = people_by_identifier(list(read.values()), by=by)
    for group in groups:
        ours = [(rows[pk], read[pk]) for pk in group if pk in read]
        if ours and not any((k, v) in known for _, reading in ours for k, v in reading.identifiers.items()):
            yield as_stranger(ours, on=on)


def read_row(row: FeedRow) -> Reading | None:
    try:
        return FEEDS[row.file.feed].read(row.raw)
    except BadRow:
        return None


def as_stranger(ours: Sequence[tuple[FeedRow, Reading]], *, on: date) -> Stranger:
    born = {reading.born_on for _, reading in ours if reading.born_on}
    member = replace(HERE.members[0], born=born.pop() if len(born) == 1 else None)
    facts = {(row.file.feed, reading.statement): as_fact(row, reading) for row, reading in ours}
    lines: dict[str, list[int]] = defaultdict(list)
    for row, _ in ours:
        lines[row.file.name].append(row.line)
    return Stranger(
        tuple(f"{name}, line {', '.join(map(str, sorted(numbers)))}"[:250] for name, numbers in sorted(lines.items())),
        tuple(fact for fact in facts.values() if fact.recorded_on <= on and fact.day <= on),
        replace(HERE, members=(member,)),
    )


def as_fact(row: FeedRow, reading: Reading) -> Fact:
    feed, ends = FEEDS[row.file.feed], reading.ends_before
    value = {name: reading.value[name] for name in KINDS[feed.fact_kind].value if name in reading.value}
    period = Period(reading.starts_on, ends - DAY if ends else None)
    source = f"{row.file.name}, line {row.line}"
    return Fact(f"row:{row.pk}", feed.fact_kind, WHO, period, value, source, row.file.received_on)


def usable(files: Iterable[FeedFile], use: Use) -> list[FeedFile]:
    return [file for file in files if file.loaded and may_be_used(file, use)]


def in_doubt(files: Iterable[FeedFile], *, by) -> int:
    """Return how many rows are about somebody the service may know, and are for that not looked at here."""
    rows = FeedRow.objects.visible_to(by).current().filter(file__in=files, state=RowState.UNMATCHED)
    return rows.exclude(reason=NOBODY).count()
