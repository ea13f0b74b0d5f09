"""What becomes of the lines of a run that was submitted, and how a remittance is matched with them. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from performance.claims.rules import State

NOTHING, LARGEST = Decimal(0), Decimal("99999999.99")
MOST_TICKED = 200
"""So many lines can be ticked on a page; of a longer run the remittance comes as a file."""


class Kind(StrEnum):
    PAID = "paid"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVERSAL = "reversal"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.PAID: "Paid",
    Kind.REJECTED: "Rejected",
    Kind.WITHDRAWN: "Taken back",
    Kind.REVERSAL: "Reversed",
}


class Outcome(StrEnum):
    SUBMITTED = "submitted"
    PART_PAID = "part_paid"
    PAID = "paid"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.SUBMITTED: ("Submitted", "waiting"),
    Outcome.PART_PAID: ("Paid in part", "attention"),
    Outcome.PAID: ("Paid", "good"),
    Outcome.REJECTED: ("Rejected", "late"),
    Outcome.WITHDRAWN: ("Taken back", "neutral"),
}


@dataclass(frozen=True)
class Money:
    """What was asked for, what of it is paid, and what is let go of: rejected or taken back."""

    asked: Decimal = NOTHING
    paid: Decimal = NOTHING
    released: Decimal = NOTHING

    @property
    def outstanding(self) -> Decimal:
        return self.asked - self.paid - self.released


def outcome_of(money: Money, *, withdrawn: bool) -> Outcome:
    """Return what became of a line. ``withdrawn``: what is let go of was taken back, not rejected."""
    if money.paid == money.asked:
        return Outcome.PAID
    if money.paid:
        return Outcome.PART_PAID
    if money.outstanding:
        return Outcome.SUBMITTED
    return Outcome.WITHDRAWN if withdrawn else Outcome.REJECTED


def state_of_run(money: Money) -> State:
    """Return the state of a submitted run: paid is only what is paid in full."""
    if money.paid == money.asked:
        return State.PAID
    if not money.outstanding:
        return State.SETTLED
    return State.PART_PAID if money.paid else State.SUBMITTED


@dataclass(frozen=True)
class Owed:
    """A line of a run, as a remittance is matched with it."""

    claim: int
    reference: str
    component: str
    called: str
    money: Money

    def is_named(self, reference: str, result: str) -> bool:
        return reference.upper() == self.reference.upper() and result.lower() in {self.component, self.called.lower()}


@dataclass(frozen=True)
class Matched:
    """The lines that a remittance pays, by claim, and the rows that are no line of the run, each with why."""

    lines: Mapping[int, Decimal]
    unmatched: Sequence[tuple[str, str, str, str]]

    @property
    def total(self) -> Decimal:
        return sum(self.lines.values(), NOTHING)


def match(rows: Iterable[tuple[str, str, str]], owed: Sequence[Owed]) -> Matched:
    """Match the rows of a remittance, ``(reference, result, amount)``, with what is outstanding of each line.

    A row of £0 pays nothing, so it is left out.
    """
    lines: dict[int, Decimal] = {}
    unmatched: list[tuple[str, str, str, str]] = []
    for reference, result, said in (tuple(part.strip() for part in each) for each in rows):
        if as_number(said) == 0:
            continue
        amount = as_pounds(said)
        found = [line for line in owed if line.is_named(reference, result)]
        why = why_not(amount, found, lines)
        if why or amount is None:
            unmatched.append((reference, result, said, why))
        else:
            lines[found[0].claim] = amount
    return Matched(lines, unmatched)


def why_not(amount: Decimal | None, found: Sequence[Owed], lines: Mapping[int, Decimal]) -> str:
    if not found:
        return "This run has no such line"
    if amount is None:
        return "This is no amount of money"
    if found[0].claim in lines:
        return "This line is in the remittance twice"
    if amount > found[0].money.outstanding:
        return f"More than the £{found[0].money.outstanding:,.2f} that is outstanding"
    return ""


def as_pounds(said: str) -> Decimal | None:
    """Return an amount above nothing in whole pence, or None: £1,400.00 and 1400 are the same."""
    amount = as_number(said)
    if amount is None or not 0 < amount <= LARGEST:
        return None
    return amount if amount == amount.quantize(Decimal("0.01")) else None


def as_number(said: str) -> Decimal | None:
    try:
        number = Decimal(said.replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
