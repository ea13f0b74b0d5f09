"""A family at a glance, as the card shows it. Plain values: whoever knows families fills it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Member:
    """One of the household. Of each child the card says when they were last seen."""

    name: str
    age: int | None = None
    is_contested: bool = False
    is_child: bool = False
    days_since_seen: int | None = None
    is_overdue: bool = False

    @property
    def seen(self) -> str:
        if not self.is_child:
            return ""
        return "not seen yet" if self.days_since_seen is None else f"seen {ago(self.days_since_seen)}"


@dataclass(frozen=True)
class Flag:
    """Something to know before knocking: ``Flag("Dog in the house")``, ``Flag("Two workers only", tone="late")``."""

    text: str
    tone: str = "attention"


@dataclass(frozen=True)
class FamilyCard:
    """Everything the card can show; what is left out is said to be missing, never hidden.

    ``reference`` and ``why`` (a line for each person who answers) are those of a search.
    ``closed_on`` is the day on which the case was closed, where none is open.
    ``star`` is the average of each reading, oldest first. ``note`` takes the place of the figures when this
    person may see only who the family is.
    """

    name: str
    href: str = ""
    reference: str = ""
    why: Sequence[str] = ()
    locality: str = ""
    worker: str = ""
    closed_on: date | None = None
    household: Sequence[Member] = ()
    flags: Sequence[Flag] = ()
    days_since_contact: int | None = None
    contact_overdue: bool = False
    next_step: str = ""
    next_step_on: date | None = None
    next_step_overdue: bool = False
    star: Sequence[float] = ()
    star_top: float = 10
    note: str = ""
    action_text: str = ""
    action_href: str = ""

    @property
    def contact_figure(self) -> str:
        return "None yet" if self.days_since_contact is None else short_ago(self.days_since_contact)

    @property
    def star_readings(self) -> str:
        """Return every reading, for the picture of the trend."""
        return f"Star readings: {', '.join(f'{reading:.1f}' for reading in self.star)}"

    @property
    def star_words(self) -> str:
        """Return "4.2 to 5.8 of 10" for a trend, "4.2 of 10" for a first reading."""
        if not self.star:
            return ""
        ends = self.star[:1] if len(self.star) == 1 else (self.star[0], self.star[-1])
        return f"{' to '.join(f'{reading:.1f}' for reading in ends)} of {self.star_top:g}"


def ago(days: int) -> str:
    """Return "today", "yesterday", "12 days ago"."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def short_ago(days: int) -> str:
    return {0: "Today", 1: "1 day"}.get(days, f"{days:,} days")
