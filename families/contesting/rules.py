"""What may be objected to or said to be wrong, the clock of one month, and what was decided. No Django."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

REGULATOR = "the Information Commissioner's Office (ico.org.uk)"
LONGEST = 1000


class Kind(StrEnum):
    OBJECTION = "objection"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        return KINDS[self]


KINDS: Mapping[Kind, str] = {
    Kind.OBJECTION: "They object to something being used",
    Kind.CORRECTION: "They say that something is wrong",
}
SHORT: Mapping[Kind, str] = {Kind.OBJECTION: "Objection", Kind.CORRECTION: "Correction asked for"}


class About(StrEnum):
    """What it is about: all but the last point at a row of the record."""

    NAME = "name"
    BORN = "born"
    FACT = "fact"
    NEED = "need"
    NOTE = "note"
    ADDRESS = "address"
    OTHER = "other"


ABOUT: Mapping[About, str] = {
    About.NAME: "A name",
    About.BORN: "A date of birth",
    About.FACT: "A fact from an agency or the service",
    About.NEED: "A need",
    About.NOTE: "A note",
    About.ADDRESS: "An address",
    About.OTHER: "Something else",
}


class Decision(StrEnum):
    CORRECTED = "corrected"
    NOTED = "noted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return DECISIONS[self]


DECISIONS: Mapping[Decision, str] = {
    Decision.CORRECTED: "It was put right, or is used no more",
    Decision.NOTED: "It stays, noted as contested with their words",
    Decision.REFUSED: "Refused, with the reason",
}
CONTESTED = frozenset({"", Decision.NOTED.value})
"""While nobody has decided, and when it was noted, the mark stands beside what it is about."""


def one_month_after(day: date) -> date:
    """Return the same day of the next month, or that month's last day when it has no such day.

    A right is answered "within one month of receipt" (UK GDPR Article 12(3)); the Commissioner's guidance counts
    calendar months like this.
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def key_of(about: str, target: object) -> str:
    """Return what names a row of the record: "fact:6e05…"."""
    return f"{about}:{target}"


def about_of(key: str) -> tuple[About, str]:
    about, _, target = key.partition(":")
    return About(about), target


def words_for_refusal() -> str:
    return f"Tell them that they may complain to {REGULATOR}, and go to court."
