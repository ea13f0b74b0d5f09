"""Who counts which outcome of somebody who is with the ESF provider, so that nothing is paid for twice. No Django.

Each row stands with its source and its grade, as in the rulebook. A row that is not confirmed is read in the stricter
way: what somebody else may count is not claimed here. A later row of an outcome takes the place of an earlier one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    PROGRESS = "progress"  # volunteered for the Work Programme, or attached to the provision
    EMPLOYMENT = "employment"
    TRAINING = "training"
    COHORT = "cohort"  # the families of the programme as a whole


class By(StrEnum):
    HERE = "here"
    PROVIDER = "provider"
    NOBODY = "nobody"


BY_NAMES = {By.HERE: "the county", By.PROVIDER: "the ESF provider", By.NOBODY: "nobody"}


@dataclass(frozen=True)
class CountingRow:
    """By whom one outcome is counted from a day on, in a sentence, with where that is written."""

    id: str
    outcome: Outcome
    by: By
    words: str
    source: str
    grade: str
    starts_on: date
    is_confirmed: bool = False

    @property
    def standing(self) -> str:
        return "Confirmed" if self.is_confirmed else "To be confirmed"


PROGRAMME = date(2012, 4, 1)
ROWS: Sequence[CountingRow] = (
    CountingRow(
        "P1-M-3", Outcome.COHORT, By.PROVIDER,
        "One family in six of the cohort is covered by the ESF provision and the Work Programme and is not paid for "
        "here: five in six are.",
        "Local Government Lawyer; launch slide (“Deduct 1/6 for deadweight”)", "S", PROGRAMME, is_confirmed=True,
    ),
    CountingRow(
        "ESF-PTW", Outcome.PROGRESS, By.HERE,
        "That an adult volunteered for the Work Programme or was attached to ESF provision is counted by the county.",
        "P1-R-PTW: launch slide; Local Government Lawyer", "S", PROGRAMME, is_confirmed=True,
    ),
    CountingRow(
        "ESF-CE", Outcome.EMPLOYMENT, By.PROVIDER,
        "Work that somebody found while they were with the ESF provider is counted by the provider under its contract, "
        "and not claimed here.",
        "No text of the provider's contract was seen; follows from P1-M-3 (“to minimise double payment”)", "U",
        PROGRAMME,
    ),
    CountingRow(
        "ESF-TR", Outcome.TRAINING, By.NOBODY,
        "Training is a step on the way; nothing is paid for it here.",
        "The rules of the first phase name no payment for it", "D", PROGRAMME, is_confirmed=True,
    ),
)  # fmt: skip


def row_for(outcome: Outcome, on: date, rows: Iterable[CountingRow] = ROWS) -> CountingRow:
    """Return the row of an outcome that is in force on a day; before any was, the first there is."""
    ours = sorted((row for row in rows if row.outcome == outcome), key=lambda row: row.starts_on)
    return next((row for row in reversed(ours) if row.starts_on <= on), ours[0])


def counted_by(
    outcome: Outcome, *, on: date, attached_on: date | None = None, rows: Iterable[CountingRow] = ROWS
) -> tuple[By, CountingRow]:
    """Return who counts an outcome of one person, and by which row.

    ``on`` is the day of the outcome (of work, the first day), ``attached_on`` the day they were attached to the
    provision, None when they never were. Work from before that is not the provider's. How long after the provision
    work is still the provider's no source says: until a row is confirmed that does, it always is.
    """
    row = row_for(outcome, on, rows)
    if outcome is Outcome.EMPLOYMENT and (attached_on is None or on < attached_on):
        return By.HERE, row
    return row.by, row


def sentence(outcome: Outcome, *, on: date, attached_on: date | None = None) -> str:
    """Return "This outcome is counted by the county (ESF-PTW)", with "to be confirmed" where it is."""
    by, row = counted_by(outcome, on=on, attached_on=attached_on)
    if by is By.NOBODY:
        return "This is counted by nobody: nothing is paid for it."
    doubt = "" if row.is_confirmed else ", to be confirmed"
    return f"This outcome is counted by {BY_NAMES[by]} ({row.id}{doubt})."
