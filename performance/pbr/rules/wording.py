"""Sentences with the figures and dates in them, as a person would say them."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from performance.pbr.rules.calendar import spoken, spoken_span
from performance.pbr.rules.evidence import Case, Count
from performance.pbr.rules.shapes import Span

SHOWN = 6


def plural(number: int, one: str, many: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


@lru_cache(maxsize=8192)
def percent(part: int, whole: int, threshold: int) -> str:
    """One decimal, or as many as it takes not to show a figure on the wrong side of its threshold."""
    reaches = 100 * part >= threshold * whole
    for places in (1, 2, 3):
        shown = (2 * 100 * part * 10**places + whole) // (2 * whole)  # half up, in tenths, hundredths, thousandths
        if (shown >= threshold * 10**places) is reaches:
            return f"{shown // 10**places}.{shown % 10**places:0{places}}%"
    return f"{Decimal(100 * part) / whole}%"


def told(case: Case, kind: str, count: Count, span: Span, one: str, many: str = "") -> str:
    """'2 proven offences from 4 June 2012 to 3 June 2013 (Sam on 5 May 2013, ...)', and how far it can be trusted."""
    events = [fact for fact in case.of(kind) if fact.id in count.facts and fact.confirmed] if count.low else []
    who = [f"{case.names.get(fact.person, 'somebody')} on {spoken(fact.day)}" for fact in events[:SHOWN]]
    more = [f"{len(events) - SHOWN} more"] if len(events) > SHOWN else []
    named = f" ({listed([*who, *more])})" if who else ""
    return f"{plural(count.low, one, many)} from {spoken_span(span)}{named}{doubt(count)}"


def doubt(count: Count) -> str:
    if count.high is None:
        return ", but the records were not checked for all of that time"
    unsure = count.high - count.low
    return f", and {unsure} more not confirmed" if unsure else ""
