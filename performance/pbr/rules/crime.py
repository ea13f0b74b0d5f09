"""Criterion 1: offences by the household's young people, and anti-social behaviour by anybody in it."""

from functools import partial

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, Finding
from performance.pbr.rules.events import is_listed, of_events, those_under
from performance.pbr.rules.evidence import Case, Who
from performance.pbr.rules.shapes import Row, Span
from performance.pbr.rules.wording import listed


def offence_by_a_minor(row: Row, case: Case) -> Finding:
    span = calendar.months_to(case.judged_on, row.in_use["months"])
    who = those_under(row.in_use["under"], case.living_here, case)
    age = row.in_use["under"]
    one, many = f"proven offence by somebody under {age}", f"proven offences by people under {age}"
    return of_events(case, "offence_proven", who, span, one, many)


def asb_intervention(row: Row, case: Case) -> Finding:
    span = calendar.months_to(case.judged_on, row.in_use["months"])
    who: Who = {None: True, **{member.id: True for member in case.living_here}}
    listing = case.rule("asb_instruments")
    names = listing.names
    only = partial(is_listed, key="instrument", names=names)
    one, many = "intervention for anti-social behaviour", "interventions for anti-social behaviour"
    found = of_events(case, "asb_intervention", who, span, one, many, only=only)
    if found.answer is MET:
        return found._replace(unsettled=listing.unsettled)
    return _with_unlisted(found, case, who, span, listing)


def _with_unlisted(found: Finding, case: Case, who: Who, span: Span, listing: Row) -> Finding:
    """An intervention outside an unconfirmed list is not counted, and the finding says that the list decided."""
    names = listing.names
    others = [
        fact
        for fact in case.of("asb_intervention")
        if fact.person in who and span.covers(fact.day) and is_listed(fact, "instrument", names) is False
    ]
    if not others:
        return found
    said = listed(sorted({str(fact.value["instrument"]) for fact in others}))
    reason = f"{found.reason} Not counted, because it is not on the list of interventions: {said}."
    return found._replace(reason=reason, facts=found.facts + tuple(f.id for f in others), unsettled=listing.unsettled)
