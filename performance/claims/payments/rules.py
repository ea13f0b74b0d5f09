"""What becomes of the lines of a run that was submitted, and how a remittance is matched with them. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

NOTHING, LARGEST = Decimal(0), Decimal("99999999.99")
MOST_TICKED = 200
"""So many lines can be ticked on a page; of a longer run the remittance comes as a file."""
MOST_ROWS = 20_000
"""So many rows a file has at most: more than any run has lines."""


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


@dataclass(frozen=True)
class Owed:
    """A line of a run, as a remittance is matched with it."""

    claim: int
    reference: str
    component: str
    called: str
    money: Money

    @property
    def names(self) -> set[tuple[str, str]]:
        """Return what a row of a remittance may call it: by its family, and the result in code or in words."""
        return {as_named(self.reference, result) for result in (self.component, self.called)}


def as_named(reference: str, result: str) -> tuple[str, str]:
    return reference.strip().upper(), result.strip().lower()


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
    named = {name: line for line in owed for name in line.names}
    lines: dict[int, Decimal] = {}
    unmatched: list[tuple[str, str, str, str]] = []
    for reference, result, said in (tuple(part.strip() for part in each) for each in rows):
        if as_number(said) == 0:
            continue
        amount = as_pounds(said)
        found = named.get(as_named(reference, result))
        why = why_not(amount, found, lines)
        if why or amount is None or found is None:
            unmatched.append((reference, result, said, why))
        else:
            lines[found.claim] = amount
    return Matched(lines, unmatched)


def why_not(amount: Decimal | None, found: Owed | None, lines: Mapping[int, Decimal]) -> str:
    if found is None:
        return "This run has no such line"
    if amount is None:
        return "This is no amount of money"
    if found.claim in lines:
        return "This line is in the remittance twice"
    if amount > found.money.outstanding:
        return f"More than the £{found.money.outstanding:,.2f} that is outstanding"
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
