"""What of the evidence of a run goes once it need not be kept any longer, and what stays. Pure functions, no Django.

From which day on, PostgreSQL says alone: ``sql``.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from slf.web.words import day_in_words

SHORTEST, LONGEST = 10, 500
GONE = "Disposed of"
"""What stands where something was written that PostgreSQL does not let be empty."""


class Standing(StrEnum):
    PROPOSED = "proposed"
    KEPT = "kept"
    DISPOSED = "disposed"


STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.PROPOSED: ("Waits for a second person", "attention"),
    Standing.KEPT: ("Kept for now", "neutral"),
    Standing.DISPOSED: (GONE, "neutral"),
}

GOES: Sequence[str] = (
    "Of each family judged: the household, the facts, the judgement step by step, its reason and what the checks said",
    "What warned of a line, and the reasons for signing it off",
    "What internal audit wrote on its sheets",
    "The copies of all this in the trail, with the secrets its digests were made with",
)
STAYS: Sequence[str] = (
    "The run with its scheme, rules, days and states, and who took each step",
    "The reference of each family judged, when it was attached, and whether it was eligible",
    "Each claim with its amount and price rule, the people it was for as numbers, and what was paid",
    "The sample with its seed, and the result of each test",
    "Every digest, and the whole trail: it still verifies",
)
BEFORE = "Nobody disposes of the evidence of this run before its day: {day}."
NOT_CLOSED = "The money of this run is not settled, so its evidence is kept."
ONE_PERSON = "You proposed this. Somebody else confirms it."
THERE = "It is proposed already, by {who}."
NOT_YOURS = "A data officer, an auditor or the head of service decides this."
OVER = "This was decided meanwhile. Look at how it stands now."
TOO_SHORT = f"Write at least {SHORTEST} characters"


def sentence(*, on: date, proposed_by: str, confirmed_by: str) -> str:
    """Say that the evidence of a run is gone, since when and by whom."""
    if not proposed_by:
        return f"Its evidence was disposed of on {day_in_words(on)} by who keeps the database, not by two people here."
    return f"Its evidence was disposed of on {day_in_words(on)} by {proposed_by} and {confirmed_by}."
