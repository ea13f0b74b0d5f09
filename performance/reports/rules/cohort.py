"""The families of each year against the pledge, and what their attachment brings."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from performance.pbr.rules import Scheme
from performance.pbr.rules.money import ATTACHMENT, cohort_income, fundable, is_behind
from performance.reports.rules.tables import Cell, Column, Holds, Table, money

BY_YEAR = (
    Column("Scheme", "The programme, as the last run of it in these days judged each family."),
    Column("Year", "From April to March: the year in which the work with the family began."),
    Column("Attached", "Families attached in that year.", Holds.NUMBER, families=True),
    Column("Eligible", "Of these, families that met the criteria.", Holds.NUMBER, families=True),
    Column("Pledged", "Families that were pledged for the year.", Holds.NUMBER),
    Column("Of the pledge", "Families attached as a share of those pledged.", Holds.PERCENT),
    Column(
        "Behind",
        "Fewer are worked with than the share of the pledge that the scheme asks (75%), so half is held back.",
        Holds.YES_NO,
    ),
    Column("Paid for", "Of the eligible, those that are paid for: 5 of 6 where the scheme says so.", Holds.NUMBER),
    Column("Attachment, pounds", "What attachment brings for these by the price of the year.", Holds.POUNDS),
    Column("Held back, pounds", "Half of that while the year is behind its pledge.", Holds.POUNDS),
)
NOT_PLEDGED = "The pledge of a year is not known here yet, so nothing is said of the 75% rule for it."


class Year(NamedTuple):
    """Families attached in one year under one scheme; ``pledged`` is None where nobody has said."""

    scheme: Scheme
    starts_on: date
    attached: int
    eligible: int
    pledged: int | None


def by_year(years: Iterable[Year]) -> Table:
    """Return each year's families against its pledge, with what attachment brings and what is held back."""
    found = list(years)
    unknown = any(year.pledged is None for year in found)
    return Table(BY_YEAR, tuple(line_of(year) for year in found), notes=(NOT_PLEDGED,) if unknown else ())


def line_of(year: Year) -> tuple[Cell, ...]:
    income = income_of(year)
    behind = None if not year.pledged else is_behind(year.scheme, attached=year.attached, pledged=year.pledged)
    held = None if income is None or behind is None else money(income / 2 if behind else Decimal(0))
    return (
        year.scheme.name, called(year.starts_on), year.attached, year.eligible, year.pledged,
        100 * year.attached // year.pledged if year.pledged else None, behind,
        int(fundable(year.scheme, year.eligible)), None if income is None else money(income), held,
    )  # fmt: skip


def income_of(year: Year) -> Decimal | None:
    """Return what attachment brings; None where the scheme has no price for that year."""
    try:
        return cohort_income(year.scheme, ATTACHMENT, year.eligible, max(year.starts_on, year.scheme.starts_on))
    except LookupError:
        return None


def called(starts_on: date) -> str:
    return f"{starts_on.year}-{(starts_on.year + 1) % 100:02}"
