"""Criterion 4: a local concern, from the county's own list."""

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, NOT_KNOWN, NOT_MET, Finding
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.events import is_listed
from performance.pbr.rules.evidence import Case, Who
from performance.pbr.rules.shapes import Fact, Row, Span
from performance.pbr.rules.wording import capital, listed


def local_concern(row: Row, case: Case) -> Finding:
    listing = case.rule("local_concerns")
    span = calendar.months_to(case.judged_on, row.in_use["months"])
    people: Who = {None: True, **{member.id: True for member in case.living_here}}
    found = [
        fact
        for kind in (*listing.in_use["facts"], "local_concern")
        for fact in case.of(kind)
        if fact.person in people and _touches(fact, span) and _is_concern(fact, listing)
    ]
    sure = [fact for fact in found if fact.confirmed]
    if sure:
        said = [_concern_told(case, fact, listing) for fact in sure]
        reason = f"{capital(listed(said))}."
        return Finding(MET, reason, tuple(f.id for f in sure), listing.unsettled, span)
    unlisted = [f for f in case.of("local_concern") if f.person in people and _touches(f, span) and f not in found]
    if unlisted and not found:
        named = listed(sorted({str(fact.value["concern"]) for fact in unlisted}))
        reason = f"Not on the list of local concerns: {named}."
        return Finding(NOT_KNOWN, reason, tuple(fact.id for fact in unlisted), listing.unsettled, span)
    return _no_concern(case, found, people, span)


def _concern_told(case: Case, fact: Fact, listing: Row) -> str:
    called = listing.in_use["facts"].get(fact.kind) or str(fact.value["concern"])
    return f"{called}: {case.names.get(fact.person, 'somebody')}, {spoken(fact.day)}"


def _no_concern(case: Case, doubtful: list[Fact], people: Who, span: Span) -> Finding:
    if doubtful:
        reason = "A local concern is recorded, but not confirmed."
        return Finding(NOT_KNOWN, reason, tuple(fact.id for fact in doubtful), (), span)
    if case.is_checked("local_concern", people, span):
        reason = f"No local concern was found from {calendar.spoken_span(span)}."
        return Finding(NOT_MET, reason, case.check_facts("local_concern"), (), span)
    return Finding(NOT_KNOWN, "No local concern is recorded, and nobody has recorded that there is none.", (), (), span)


def _touches(fact: Fact, span: Span) -> bool:
    return fact.period.starts_on <= span.last and (fact.period.ends_on is None or fact.period.ends_on >= span.first)


def _is_concern(fact: Fact, listing: Row) -> bool:
    return fact.kind != "local_concern" or is_listed(fact, "concern", listing.names) is True
