"""Working out how far families are: some at a time, with a fixed number of questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from families.register.rules import Purpose, Use
from families.register.services import use_on
from performance.claims.assembly import (
    Family,
    Near,
    assemble,
    attached_cases,
    files_received,
    school_terms,
    searched_facts,
    searched_near,
)
from performance.claims.using import may_be_used
from performance.monitoring.models import Expected, Monitored
from performance.monitoring.rules import Line, Progress, progress, steps_back, window_for
from performance.monitoring.schooling import school_line
from performance.pbr.rules import Scheme, scheme_on
from performance.rulebook.reading import schemes_in_use

SIZE = 100
OF_SCHOOL = ("crime_asb_education", "sustained_progress")
WORKED_OUT = (
    "on", "worked_at", "scheme", "scheme_name", "attached_on", "eligible", "reason", "results", "went_back",
    "went_back_on",
)  # fmt: skip
"""All but who read what went back: that is said in their own name."""


def use_for_both(on: date) -> Use:
    """Return what may be used both to claim and to work with a family: workers read what is worked out of it."""
    claim, support = (use_on(on, purpose=purpose) for purpose in (Purpose.CLAIM, Purpose.SUPPORT))
    free = {agency: kinds & support.free.get(agency, frozenset()) for agency, kinds in claim.free.items()}
    return Use(Purpose.CLAIM, on, free, {agency: frozenset[str]() for agency in free}, claim.based & support.based)


class Book:
    """What is the same for every family: schemes, calendar, and the days that agencies searched."""

    def __init__(self, *, by: Any, on: date) -> None:
        self.by, self.on, self.at = by, on, timezone.now()
        self.use, self.terms = use_for_both(on), school_terms()
        self.schemes = [version.as_scheme for version in schemes_in_use(on=on)]
        files = [file for file in files_received(by=by, on=on) if may_be_used(file, self.use)]
        self.searched, self.near = tuple(searched_facts(files)), searched_near(files)

    def scheme_of(self, day: date) -> Scheme | None:
        return scheme_on(self.schemes, day)


@dataclass(frozen=True)
class WorkedOut:
    """One family with the scheme of its attachment, and how far it is."""

    family: Family
    scheme: Scheme
    row: Monitored
    results: list[Progress]

    @property
    def lines(self) -> list[Line]:
        return [line for each in self.results for line in each.lines]


def attached_after(last: int, *, by: Any, on: date) -> list[tuple[int, date]]:
    return list(attached_cases(by=by, on=on).filter(one__gt=last)[:SIZE])


def work_out(cases: Sequence[tuple[int, date]], book: Book) -> int:
    """Work out how far some families are and write it down in the place of what was worked out before."""
    pks = [family for family, _ in cases]
    before = {row.family_id: row for row in Monitored.objects.visible_to(book.by).filter(family__in=pks)}
    found = [compared(each, before.get(each.family.pk), on=book.on) for each in each_of(cases, book)]
    rows = [each.row for each in found]
    Monitored.objects.bulk_create(rows, update_conflicts=True, unique_fields=["family"], update_fields=list(WORKED_OUT))
    Expected.objects.visible_to(book.by).filter(family__in=pks).delete()
    Expected.objects.bulk_create(row for each in found for row in expected_of(each))
    return len(found)


def each_of(cases: Sequence[tuple[int, date]], book: Book) -> Iterator[WorkedOut]:
    near: Sequence[Near] = book.near
    for family in assemble(cases, by=book.by, on=book.on, at=book.at, use=book.use, near=near):
        scheme = book.scheme_of(family.household.attached_on or book.on)
        if scheme is not None:
            yield one_family(family, scheme, book)


def one_family(family: Family, scheme: Scheme, book: Book) -> WorkedOut:
    facts = (*family.facts, *book.searched)
    found, results = progress(scheme, family.household, facts, book.on, book.terms)
    school = school_line(scheme, family.household, facts, book.on, book.terms)
    results = [with_school(each, school) for each in results]
    row = Monitored(
        family_id=family.pk, on=book.on, worked_at=book.at, scheme=scheme.version, scheme_name=scheme.name,
        attached_on=family.household.attached_on, eligible=found.eligibility.answer.value,
        reason=found.eligibility.reason[:500], results=[as_dict(each) for each in results],
    )  # fmt: skip
    return WorkedOut(family, scheme, row, results)


def with_school(result: Progress, school: Line | None) -> Progress:
    if school is None or result.code not in OF_SCHOOL:
        return result
    return Progress(result.code, result.answer, (school, *result.lines), result.expected)


def as_dict(result: Progress) -> dict[str, Any]:
    coming = result.expected
    return {
        "code": result.code, "answer": result.answer, "lines": [line.as_dict() for line in result.lines],
        "missing": [line.said for line in result.missing],
        "earliest": coming.earliest.isoformat() if coming else None,
        "amount": str(coming.amount) if coming and coming.amount is not None else None,
        "claimable": bool(coming and coming.claimable), "because": coming.because if coming else "",
    }  # fmt: skip


def compared(each: WorkedOut, before: Monitored | None, *, on: date) -> WorkedOut:
    """Say what went back since it was worked out before; what went back earlier and was not read stays."""
    if before is None or before.scheme != each.scheme.version or before.attached_on != each.row.attached_on:
        return each
    lines = [line for result in before.results for line in result["lines"]]
    if lost := steps_back(lines, each.lines):
        each.row.went_back, each.row.went_back_on = lost, on
    else:
        each.row.went_back, each.row.went_back_on = before.went_back, before.went_back_on
    return each


def expected_of(each: WorkedOut) -> Iterator[Expected]:
    for result in each.results:
        if coming := result.expected:
            window = window_for(each.scheme, coming.earliest) if coming.claimable else None
            yield Expected(
                family_id=each.family.pk, scheme=each.scheme.version, component=result.code, earliest=coming.earliest,
                claimable=coming.claimable, because=coming.because[:300], amount=coming.amount,
                window_from=window and window[0], window_to=window and window[1],
            )  # fmt: skip
