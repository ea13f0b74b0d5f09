"""How heavy a worker's caseload is."""

from dataclasses import dataclass
from fractions import Fraction

SOURCE = "Source documents: caseload c10 mixed, c6 highly complex"


@dataclass(frozen=True)
class Weight:
    """How many families of one kind make a full caseload."""

    code: str
    label: str
    full: int
    source: str = SOURCE

    @property
    def each(self) -> Fraction:
        return Fraction(1, self.full)


MIXED = Weight("mixed", "Mixed", 10)
HIGHLY_COMPLEX = Weight("highly_complex", "Highly complex", 6)


def over_the_limit(worker: str, caseload: "Caseload") -> str:
    return f"{worker} would have {caseload.words}. Say why that is right"


@dataclass(frozen=True)
class Caseload:
    """The families one worker has now."""

    mixed: int = 0
    highly_complex: int = 0

    @property
    def families(self) -> int:
        return self.mixed + self.highly_complex

    @property
    def load(self) -> Fraction:
        """How full it is: 1 is a full caseload."""
        return self.mixed * MIXED.each + self.highly_complex * HIGHLY_COMPLEX.each

    @property
    def percent(self) -> int:
        return int(self.load * 100 + Fraction(1, 2))

    @property
    def words(self) -> str:
        """Return "7 of 10, 70%": in mixed families, to which a highly complex one counts 10/6."""
        return f"{self.figure}, {self.percent}%"

    @property
    def figure(self) -> str:
        full = self.load * MIXED.full
        figure = f"{int(full)}" if full.denominator == 1 else f"{float(full):.1f}"
        return f"{figure} of {MIXED.full}"

    @property
    def is_over(self) -> bool:
        return self.load > 1

    @property
    def is_full(self) -> bool:
        return self.load >= 1

    @property
    def room(self) -> int:
        """Return how many more mixed families fit before it is over the limit."""
        return max(0, int((1 - self.load) * MIXED.full))

    def without(self, *, highly_complex: bool) -> "Caseload":
        return Caseload(self.mixed - (not highly_complex), self.highly_complex - highly_complex)

    def with_one_more(self, *, highly_complex: bool) -> "Caseload":
        return Caseload(self.mixed + (not highly_complex), self.highly_complex + highly_complex)


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
