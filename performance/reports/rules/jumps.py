"""Unusual jumps: how many claims a run makes against earlier runs of its scheme, for the county and each locality."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from performance.reports.rules.tables import Cell, Column, Holds, Table

COUNTY = "The county"
BY_JUMP = (
    Column("Claim", "The day the claim is for.", Holds.DAY),
    Column("Scheme", "The programme that pays."),
    Column("Locality", "Where the family is now; and the run as a whole."),
    Column("Claims", "How many results the run claims there.", Holds.NUMBER, families=True),
    Column("Earlier runs", "Runs of the scheme before it that were submitted.", Holds.NUMBER),
    Column("Usual", "How many those claimed there on average.", Holds.NUMBER, families=True),
    Column("More or fewer", "Against what is usual; a minus says fewer.", Holds.PERCENT),
    Column("Unusual", "More than the share above the usual that a county looks at.", Holds.YES_NO),
)


class RunClaims(NamedTuple):
    """One run with how many claims it makes in each locality, and in all."""

    claim_on: str
    scheme: str
    is_reported: bool
    is_claimed: bool
    by_locality: Mapping[str, int]


class Runs(NamedTuple):
    runs: Sequence[RunClaims]
    """In the order of their days, those before the days of the report too."""

    jump: int


def against_earlier(found: Runs) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place, run in enumerate(found.runs):
        if run.is_reported:
            earlier = [each for each in found.runs[:place] if each.scheme == run.scheme and each.is_claimed]
            rows += lines_of(run, earlier, jump=found.jump)
    note = f"A jump is more than {found.jump}% above the usual."
    wholes = tuple(n for n, row in enumerate(rows) if row[2] == COUNTY)
    return Table(BY_JUMP, tuple(rows), notes=(note,), wholes=wholes)


def lines_of(run: RunClaims, earlier: Sequence[RunClaims], *, jump: int) -> Iterable[tuple[Cell, ...]]:
    places = {place for each in (run, *earlier) for place in each.by_locality}
    for place in sorted(places, key=lambda name: (name != COUNTY, name)):
        number, before = run.by_locality.get(place, 0), [each.by_locality.get(place, 0) for each in earlier]
        yield (run.claim_on, run.scheme, place, number, len(before), *compared(number, before, jump=jump))


def compared(number: int, before: Sequence[int], *, jump: int) -> tuple[Cell, Cell, Cell]:
    """Return the usual number, by how much this is more, and whether that is a jump; nothing is usual at first."""
    if not before:
        return None, None, None
    usual = sum(before) / len(before)
    more = round(100 * (number - usual) / usual) if usual else None
    return round(usual), more, number * 100 > usual * (100 + jump)
