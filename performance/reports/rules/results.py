"""Results met, by scheme, locality and kind of result."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from performance.reports.rules.tables import Cell, Column, Holds, Table, summed

MET = "met"
BY_RESULT = (
    Column("Scheme", "The programme, as the last run of it in these days judged each family."),
    Column("Locality", "Where the family is now."),
    Column("Result", "What the scheme pays for."),
    Column("Families", "Families judged.", Holds.NUMBER, families=True),
    Column("Eligible", "Families that met the criteria when they were attached.", Holds.NUMBER, families=True),
    Column("Met", "Families that met this result.", Holds.NUMBER, families=True),
    Column("Not known", "Families of whom it is not known, because evidence is missing.", Holds.NUMBER, families=True),
    Column("Claimed", "Claims of this result in that run.", Holds.NUMBER, families=True),
)
SUMS = frozenset({"Met", "Claimed"})


class Judgements(NamedTuple):
    """How many families of a locality got the same answers from one run."""

    scheme: str
    locality: str
    result: str
    eligible: str
    answer: str
    number: int


def by_result(found: tuple[Iterable[Judgements], Mapping[tuple[str, str, str], int]]) -> Table:
    """Return how many families met each result, and how many claims were made of it."""
    counted: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for each in found[0]:
        sums = counted[each.scheme, each.locality, each.result]
        sums["judged"] += each.number
        sums["eligible"] += each.number if each.eligible == MET else 0
        sums[each.answer] += each.number
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*key, sums["judged"], sums["eligible"], sums[MET], sums["not_known"], found[1].get(key, 0))
        for key, sums in sorted(counted.items())
    )
    return Table(BY_RESULT, rows, summed(BY_RESULT, rows, only=SUMS) if rows else ())
