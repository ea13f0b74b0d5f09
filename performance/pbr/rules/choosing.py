"""Which scheme a family's claim falls under, if any: nothing is paid by results since April 2025."""

from collections.abc import Iterable
from datetime import date

from performance.pbr.rules.shapes import Scheme


def scheme_on(schemes: Iterable[Scheme], day: date) -> Scheme | None:
    """The scheme that a day belongs to: where the end of one overlaps the next, the next."""
    return max((each for each in schemes if each.in_force(day)), key=lambda each: each.starts_on, default=None)


def scheme_of(
    schemes: Iterable[Scheme], *, attached_on: date, result_on: date, claim_on: date, strictly: bool = True
) -> Scheme | None:
    """The scheme of a claim by the day that decides in it. Until that is confirmed no other day may lie outside."""
    days = {"attachment": attached_on, "result": result_on, "claim": claim_on}
    for scheme in sorted(schemes, key=lambda each: each.starts_on, reverse=True):
        row = scheme.by_kind["scheme_date"]
        asked = [row.in_use["date"]] if row.settled or not strictly else list(days)
        if all(scheme.in_force(days[name]) for name in asked):
            return scheme
    return None
