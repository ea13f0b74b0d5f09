"""How heavy a worker's caseload is, and what speaks for giving a family to one rather than another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import inf

from families.interests.rules import KNOWS
from slf.policy.rules import Number, Setting
from slf.web.words import day_in_words

SOURCE = "Source documents: caseload c10 mixed, c6 highly complex"

FORECAST = timedelta(days=28)
"""How far ahead the caseload is said, from the ends that are set. Source: ``EXAMPLE``."""
ORDER = (
    "nobody who knows the family, not away, room, the language of the family, earlier work with the family, the "
    "lightest caseload, the nearest"
)
"""What the suggestion looks at, the weightiest first. Source: ``EXAMPLE``; the senior decides."""


WHERE = "Allocation"
MIXED: Setting[int] = Setting(
    "full_mixed", "How many mixed families make a full caseload", WHERE, Number("mixed families", 1, 50), 10,
    source=SOURCE,
)  # fmt: skip
HIGHLY_COMPLEX: Setting[int] = Setting(
    "full_complex", "How many highly complex families make a full caseload", WHERE,
    Number("highly complex families", 1, 50), 6, source=SOURCE,
)  # fmt: skip
SETTINGS = (MIXED, HIGHLY_COMPLEX)


@dataclass(frozen=True)
class Weights:
    """How many families of each kind make a full caseload."""

    mixed: int = MIXED.default
    highly_complex: int = HIGHLY_COMPLEX.default


SHIPPED = Weights()


def over_the_limit(worker: str, caseload: "Caseload") -> str:
    return f"{worker} would have {caseload.words}. Say why that is right"


@dataclass(frozen=True)
class Caseload:
    """The families one worker has now."""

    mixed: int = 0
    highly_complex: int = 0
    full: Weights = SHIPPED

    @property
    def families(self) -> int:
        return self.mixed + self.highly_complex

    @property
    def load(self) -> Fraction:
        """How full it is: 1 is a full caseload."""
        return Fraction(self.mixed, self.full.mixed) + Fraction(self.highly_complex, self.full.highly_complex)

    @property
    def percent(self) -> int:
        return int(self.load * 100 + Fraction(1, 2))

    @property
    def words(self) -> str:
        """Return "7 of 10, 70%": in mixed families, to which a highly complex one counts more."""
        return f"{self.figure}, {self.percent}%"

    @property
    def figure(self) -> str:
        counted = self.load * self.full.mixed
        figure = f"{int(counted)}" if counted.denominator == 1 else f"{float(counted):.1f}"
        return f"{figure} of {self.full.mixed}"

    @property
    def is_over(self) -> bool:
        return self.load > 1

    @property
    def is_full(self) -> bool:
        return self.load >= 1

    @property
    def room(self) -> int:
        """Return how many more mixed families fit before it is over the limit."""
        return max(0, int((1 - self.load) * self.full.mixed))

    def without(self, *, highly_complex: bool) -> "Caseload":
        return replace(
            self, mixed=self.mixed - (not highly_complex), highly_complex=self.highly_complex - highly_complex
        )

    def with_one_more(self, *, highly_complex: bool) -> "Caseload":
        return replace(
            self, mixed=self.mixed + (not highly_complex), highly_complex=self.highly_complex + highly_complex
        )


@dataclass(frozen=True)
class Room:
    """What a team could still take: whole mixed families, worker by worker."""

    workers: int
    families: int

    @property
    def words(self) -> str:
        workers = "1 worker" if self.workers == 1 else f"{self.workers} workers"
        if not self.families:
            return f"{workers}, all with a full caseload"
        return f"{workers} with room for {self.families} more mixed famil{'y' if self.families == 1 else 'ies'}"


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a worker (``good``), against them (``attention``), or is only worth knowing."""

    words: str
    tone: str = ""


def miles_in_words(miles: int) -> str:
    return "1 mile" if miles == 1 else f"{miles} miles"


@dataclass(frozen=True)
class Circumstances:
    """What speaks for and against giving one family to one worker on one day.

    ``makes`` is the caseload it makes; ``shared`` the languages of the family's home, beside English, that the worker
    speaks, and ``wanted`` whether the family has any; ``miles`` is how far the family lives from where they start.
    """

    makes: Caseload
    later: Caseload
    now: Caseload
    away_until: date | None = None
    worked_until: date | None = None
    starts_from: str = ""
    miles: int | None = None
    days: str = ""
    languages: str = ""
    shared: str = ""
    wanted: bool = False
    knows_them: bool = False

    @property
    def order(self) -> tuple[bool, bool, bool, bool, bool, Fraction, float]:
        """Return what workers are sorted by, as ``ORDER`` says."""
        return (
            self.knows_them,
            self.away_until is not None,
            self.makes.is_over,
            self.wanted and not self.shared,
            self.worked_until is None,
            self.makes.load,
            inf if self.miles is None else self.miles,
        )

    @property
    def may_be_suggested(self) -> bool:
        return not self.knows_them and self.away_until is None and not self.makes.is_over

    def reasons(self) -> Iterator[Reason]:
        if self.knows_them:
            yield Reason(KNOWS, "attention")
        if self.away_until:
            yield Reason(f"Away until {day_in_words(self.away_until)}", "attention")
        if self.shared:
            yield Reason(f"Speaks {self.shared}, as the family does at home", "good")
        if self.worked_until:
            yield Reason(f"Worked with the family until {day_in_words(self.worked_until)}", "good")
        if self.miles == 0:
            yield Reason(f"Starts from {self.starts_from}, where the family lives", "good")
        elif self.miles is not None:
            yield Reason(f"Starts from {self.starts_from}, about {miles_in_words(self.miles)} away")
        if self.later != self.now:
            yield Reason(f"In {FORECAST.days // 7} weeks {self.later.words}, as far as it is known")
        if self.languages and self.languages != self.shared:
            yield Reason(f"Speaks {self.languages}")
        if self.days:
            yield Reason(f"Works {self.days}")
