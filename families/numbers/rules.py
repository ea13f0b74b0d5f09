"""What may be answered about a number that two people are said to have, and what the one who typed it is told."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

HITS_A_DAY = 5
"""How many numbers of people out of sight one person may meet in 24 hours before no number is looked up for them.
Source: ``slf.web.words.EXAMPLE``."""
SOURCE = "A number that was asked about"


FREE = "free"
"""What the database says of a number that may be kept."""
TO_CHECK = "to be checked before it is kept"


class Answer(StrEnum):
    AS_TOLD = "as_told"
    SPEAK = "speak"


ANSWER_NAMES: Mapping[Answer, str] = {
    Answer.AS_TOLD: "Two people: what was told stays on the record as it is",
    Answer.SPEAK: "The same person, or not clear: the two teams are to speak",
}


def to_check(numbers: Iterable[str]) -> str:
    """Return what stands on the record of numbers that were told and are not kept, the same for whatever reason."""
    found = ", ".join(numbers)
    return f"{found}: {TO_CHECK}" if found else ""


def told(answer: str, *, number: str, by: str) -> str:
    """Return what stands on the record of the one who typed it: what to do, never about whom."""
    if answer == Answer.SPEAK:
        return f"{number}: asked about. Speak to {by} before you go on"
    return f"{number}: asked about. It stays as it was told, and is not kept as their number"
