"""Claims by locality and route."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from performance.reports.rules.tables import Cell, Column, Holds, Table, money, summed

NOWHERE = "Not shown by locality"
BY_LOCALITY = (
    Column("Locality", "Where the family is now. Families closed to named people are in no locality here."),
    Column("Scheme", "The programme that pays."),
    Column("Result", "What is claimed for: the route, or progress to work."),
    Column(
        "On their way", "Claims of runs that are prepared and not yet ready to submit.", Holds.NUMBER, families=True
    ),
    Column("Claimed", "Claims of runs that are ready to submit, submitted or paid.", Holds.NUMBER, families=True),
    Column("Claimed, pounds", "What those are worth by the price of each, before the run is rounded.", Holds.POUNDS),
)


class Lines(NamedTuple):
    """Some claims of one run, one locality and one result. Without a locality: they are told for the whole run only."""

    scheme: str
    locality: str
    result: str
    is_claimed: bool
    number: int
    amount: Decimal


def by_locality(lines: Iterable[Lines]) -> Table:
    """Return how many claims there are and what they are worth, for each locality, scheme and result."""
    found: dict[tuple[str, str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for line in lines:
        sums = found[line.locality or NOWHERE, line.scheme, line.result]
        if line.is_claimed:
            sums[1] += line.number
            sums[2] += line.amount
        else:
            sums[0] += line.number
    ordered = sorted(found.items(), key=lambda item: (item[0][0] == NOWHERE, item[0]))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*key, int(on_way), int(claimed), money(amount)) for key, (on_way, claimed, amount) in ordered
    )
    return Table(BY_LOCALITY, rows, summed(BY_LOCALITY, rows) if rows else ())
