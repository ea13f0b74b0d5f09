"""What runs claimed, what was paid for them and what is still outstanding."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from performance.reports.rules.tables import Cell, Column, Holds, Table, money, summed

BY_RUN = (
    Column("Claim", "The day the claim is for.", Holds.DAY),
    Column("Scheme", "The programme that pays."),
    Column("Step", "How far the run is."),
    Column("Claims", "How many results it claims.", Holds.NUMBER, families=True),
    Column("Prepared, pounds", "What a run is worth that is not ready to submit yet.", Holds.POUNDS),
    Column("Claimed, pounds", "What a run that is ready to submit, submitted or paid asks for, rounded.", Holds.POUNDS),
    Column("Paid, pounds", "What was paid for it by the day of this report.", Holds.POUNDS),
    Column("Rejected or taken back, pounds", "What of it will not be paid, by the day of this report.", Holds.POUNDS),
    Column("Outstanding, pounds", "Claimed, and neither paid nor rejected nor taken back.", Holds.POUNDS),
    Column("Paid on", "The day on which the last payment arrived that still stands.", Holds.DAY),
)
NOTHING = Decimal(0)


class RunMoney(NamedTuple):
    """One run: what it is worth, whether that is claimed, and what became of it by its ledger."""

    claim_on: str
    scheme: str
    step: str
    is_claimed: bool
    claims: int
    worth: Decimal
    paid: Decimal
    released: Decimal
    paid_on: str


def by_run(runs: Iterable[RunMoney]) -> Table:
    """Return what each run claims, was paid and is owed, with the sums."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(line_of(run) for run in runs)
    return Table(BY_RUN, rows, summed(BY_RUN, rows) if rows else ())


def line_of(run: RunMoney) -> tuple[Cell, ...]:
    prepared, claimed = (NOTHING, run.worth) if run.is_claimed else (run.worth, NOTHING)
    amounts = (prepared, claimed, run.paid, run.released, claimed - run.paid - run.released)
    return (run.claim_on, run.scheme, run.step, run.claims, *map(money, amounts), run.paid_on)
