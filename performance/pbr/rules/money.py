"""What a result is worth, and what a cohort is worth. Figures come from the price rows of the scheme."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from performance.pbr.rules.evidence import Case
from performance.pbr.rules.shapes import Row, Scheme

ATTACHMENT = "attachment"


@lru_cache(maxsize=4096)
def price_on(scheme: Scheme, component: str, day: date) -> Row | None:
    return next((row for row in scheme.prices if row.group == component and row.in_force(day)), None)


@lru_cache(maxsize=1024)
def pounds(row: Row) -> Decimal:
    return Decimal(row.in_use["pounds"]).quantize(Decimal("0.01"))


def price_of(case: Case, component: str) -> tuple[Row | None, tuple[str, ...]]:
    """The price row for a family's result, and the unconfirmed rows it hangs on.

    Whether the year of attachment or of the claim sets the rate is not confirmed: the lower is taken until it is.
    """
    by_year = case.rule("rate_year")
    attached, claimed = (price_on(case.scheme, component, day) for day in (case.judged_on, case.on))
    if attached is None:
        return None, ()
    if by_year.settled or claimed is None or pounds(claimed) == pounds(attached):
        chosen = claimed if by_year.settled and by_year.in_use["year"] == "claim" and claimed else attached
        return chosen, chosen.unsettled
    lower = min(attached, claimed, key=pounds)
    return lower, (*lower.unsettled, *by_year.unsettled)


def fundable(scheme: Scheme, families: int) -> Fraction:
    """The part of a cohort that is paid for: 5 of 6, the rest being reached by other programmes."""
    share = scheme.by_kind["fundable_share"].in_use
    return Fraction(families * int(share["paid"]), int(share["of"]))


def cohort_income(scheme: Scheme, component: str, families: int, on: date) -> Decimal:
    """What so many families bring, to the pound. The attachment fee is only ever worked out like this, by cohort."""
    row = price_on(scheme, component, on)
    if row is None:
        raise LookupError(f"{scheme.version} has no price for {component} on {on}")
    income = fundable(scheme, families) * Fraction(pounds(row))
    return (Decimal(income.numerator) / income.denominator).quantize(Decimal(1), ROUND_HALF_UP)


def most_for_one_family(scheme: Scheme, on: date) -> Decimal:
    """The dearest route with the attachment fee: what a family attached on this day can bring at most."""
    rates = {row.group: pounds(row) for row in scheme.prices if row.in_force(on)}
    routes = scheme.by_kind["routes"].in_use["routes"]
    return rates[ATTACHMENT] + max(sum((rates[component] for component in route), Decimal(0)) for route in routes)


def claim_window_on(scheme: Scheme, day: date) -> Row | None:
    """The window in which a batch of claims may be submitted on this day."""
    return next((row for row in scheme.windows if row.in_force(day)), None)
