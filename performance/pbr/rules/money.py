"""What a result is worth, and what a cohort is worth. Figures come from the price rows of the scheme."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from performance.pbr.rules.evidence import Case
from performance.pbr.rules.shapes import Row, Scheme

ATTACHMENT = "attachment"
PENNY = Decimal("0.01")


@lru_cache(maxsize=4096)
def price_on(scheme: Scheme, component: str, day: date) -> Row | None:
    return next((row for row in scheme.prices if row.group == component and row.in_force(day)), None)


@lru_cache(maxsize=1024)
def pounds(row: Row) -> Decimal:
    return Decimal(row.in_use["pounds"]).quantize(PENNY)


def price_of(case: Case, component: str, result_on: date) -> tuple[Row | None, tuple[str, ...]]:
    """The price row for a family's result, and the unconfirmed rows it hangs on.

    Until it is confirmed whether the day of attachment, of the result or of the claim sets the rate: the lowest.
    """
    by_year = case.rule("rate_year")
    days = {"attachment": case.judged_on, "result": result_on, "claim": case.on}
    rows = {name: price_on(case.scheme, component, day) for name, day in days.items()}
    attached = rows["attachment"]
    if attached is None:
        return None, ()
    priced = [row for row in rows.values() if row]
    if by_year.settled or len({pounds(row) for row in priced}) == 1:
        chosen = (rows[by_year.in_use["year"]] if by_year.settled else None) or attached
        return chosen, chosen.unsettled
    lowest = min(priced, key=pounds)
    return lowest, (*lowest.unsettled, *by_year.unsettled)


def fundable(scheme: Scheme, families: int) -> Fraction:
    """The part of a cohort that is paid for: 5 of 6 where the rest is reached by other programmes, else all of it."""
    row = scheme.by_kind.get("fundable_share")
    share = row.in_use if row else {"paid": 1, "of": 1}
    return Fraction(families * int(share["paid"]), int(share["of"]))


def rounded(scheme: Scheme, total: Fraction | Decimal) -> Decimal:
    """A run's total: summed up unrounded, rounded once at the end as the scheme says; "to nothing" is to the penny."""
    to = Decimal(scheme.by_kind["rounding"].in_use["pounds"]) or PENNY
    exact = Fraction(total) / Fraction(to)
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal(1), ROUND_HALF_UP) * to


def run_total(scheme: Scheme, amounts: Iterable[Fraction | Decimal]) -> Decimal:
    return rounded(scheme, sum((Fraction(amount) for amount in amounts), Fraction(0)))


def cohort_share(scheme: Scheme, component: str, families: int, on: date) -> Fraction:
    """What so many families bring, unrounded. The attachment fee is only ever worked out like this, by cohort."""
    row = price_on(scheme, component, on)
    if row is None:
        raise LookupError(f"{scheme.version} has no price for {component} on {on}")
    return fundable(scheme, families) * Fraction(pounds(row))


def cohort_income(scheme: Scheme, component: str, families: int, on: date) -> Decimal:
    """The same, rounded: the one line of a cohort."""
    return rounded(scheme, cohort_share(scheme, component, families, on))


def is_behind(scheme: Scheme, *, attached: int, pledged: int) -> bool:
    """Whether so few of the year's families are worked with that only half of the attachment money is paid."""
    row = scheme.by_kind.get("least_worked_with")
    return row is not None and 100 * attached < int(row.in_use["percent"]) * pledged


def most_for_one_family(scheme: Scheme, on: date) -> Decimal:
    """The dearest route with the attachment fee: what a family attached on this day can bring at most."""
    rates = {row.group: pounds(row) for row in scheme.prices if row.in_force(on)}
    routes = scheme.by_kind["routes"].in_use["routes"]
    fee = rates.get(ATTACHMENT, Decimal(0))
    return fee + max(sum((rates[component] for component in route), Decimal(0)) for route in routes)


def claim_window_on(scheme: Scheme, day: date) -> Row | None:
    """The window in which a batch of claims may be submitted on this day."""
    return next((row for row in scheme.windows if row.in_force(day)), None)
