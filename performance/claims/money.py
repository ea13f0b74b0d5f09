"""What a run comes to: summed up unrounded and rounded once; and what its families count for by cohort."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from performance.claims.frozen import thaw_scheme
from performance.claims.models import ClaimRun
from performance.claims.rules import pounds
from performance.pbr.rules import Scheme, cohort_share, rounded, run_total

ATTACHMENT = "attachment"


def total_of(run: ClaimRun, amounts: Iterable[Decimal]) -> str:
    """Return what some claims of a run are together, rounded as its scheme rounds."""
    return pounds(run_total(thaw_scheme(run.rules), amounts))


def by_cohort(run: ClaimRun, attached: Iterable[tuple[date, int]]) -> str:
    """Say what the beginnings with eligible families are worth by cohort: no line of the claim. Empty for none.

    ``attached`` is how many families that are eligible the service began with on each day.
    """
    scheme, days = thaw_scheme(run.rules), list(attached)
    if not days or not any(row.group == ATTACHMENT for row in scheme.prices):
        return ""
    families = sum(number for _, number in days)
    priced = [cohort_share(scheme, ATTACHMENT, number, day) for day, number in days if has_a_fee(scheme, day)]
    worth = pounds(rounded(scheme, sum(priced, Fraction(0))))
    many = "family counts" if families == 1 else "families count"
    return f"Beside this claim, {families:,} eligible {many} for the attachment fee of the cohorts: {worth} together."


def has_a_fee(scheme: Scheme, day: date) -> bool:
    return any(row.group == ATTACHMENT and row.in_force(day) for row in scheme.prices)
