"""The money of a run or a line as pages and programs show it."""

from collections.abc import Iterable
from decimal import Decimal

from performance.claims.payments.rules import OUTCOMES, Money
from performance.claims.payments.services import LineOfRun
from performance.claims.rules import pounds

COLUMNS = (
    "Family reference", "Result", "Outstanding (pounds)", "Claimed (pounds)", "Paid (pounds)",
    "Rejected or taken back (pounds)", "What became of it",
)  # fmt: skip
"""The first three are those of a file of what a remittance pays: it can be corrected and sent back."""


def shown_money(money: Money) -> dict[str, str]:
    """Return each sum as people write it."""
    return {name: pounds(getattr(money, name)) for name in ("asked", "paid", "released", "outstanding")}


def as_rows(lines: Iterable[LineOfRun]) -> list[tuple]:
    """Return the lines of a run as the rows of a file."""
    return [(line.owed.reference, line.owed.called, *in_pence(line.money), OUTCOMES[line.outcome][0]) for line in lines]


def in_pence(money: Money) -> list[Decimal]:
    sums = (money.outstanding, money.asked, money.paid, money.released)
    return [each.quantize(Decimal("0.01")) for each in sums]
