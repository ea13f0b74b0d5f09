"""From how goals and needs went to the times for which progress lasted and was seen. Pure functions, no Django."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
GOOD = frozenset({("outcome", "met"), ("review", "reached"), ("check", "holds")})
NOTHING_SAID = frozenset({("check", "unknown")})
BEGINS = frozenset({"outcome", "review"})
"""What can begin progress. That it holds, somebody can only find of what was reached."""
PLACES = {"review": 0, "outcome": 1, "check": 2, "found": 3}
"""Of one day, what was said later counts."""


class Seen(NamedTuple):
    """What was found of one need on a day, and the last day it was found for."""

    day: date
    what: str
    said: str
    until: date


class Spell(NamedTuple):
    """A time of progress: from when, its last day where it ended, and the last day on which somebody saw it."""

    starts_on: date
    ends_on: date | None
    seen_on: date


def spells_of(found: Iterable[Seen]) -> list[Spell]:
    """Return the times for which a need was better. Each ends with the last day it was seen when that is undone."""
    spells: list[Spell] = []
    begun: date | None = None
    last: date | None = None
    for each in sorted(found, key=lambda one: (one.day, PLACES[one.what])):
        if (each.what, each.said) in NOTHING_SAID:
            continue
        if (each.what, each.said) in GOOD:
            if begun is None and each.what in BEGINS:
                begun = each.day
            if begun is not None:
                last = max(last or each.until, each.until)
        elif begun is not None and last is not None:
            ends = min(last, each.day - DAY)
            spells += [Spell(begun, ends, each.day)] if ends >= begun else []
            begun = last = None
    return [*spells, Spell(begun, None, last)] if begun is not None and last is not None else spells


def in_each(several: Sequence[Sequence[Spell]]) -> list[Spell]:
    """Return the times for which each of several needs was better: together they are one problem."""
    if not several:
        return []
    common = list(several[0])
    for other in several[1:]:
        common = [both for one in common for two in other if (both := overlap(one, two))]
    return common


def overlap(one: Spell, other: Spell) -> Spell | None:
    """Return the time that two have in common, as far as somebody saw both."""
    starts = max(one.starts_on, other.starts_on)
    ends = min((end for end in (one.ends_on, other.ends_on) if end), default=None)
    seen = min(one.seen_on, other.seen_on)
    return None if seen < starts or (ends and ends < starts) else Spell(starts, ends, seen)
