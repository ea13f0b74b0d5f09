"""How a sample is drawn, so that anybody can draw it again from the seed: by this program, or by hand.

1. Some lines are always tested (a decision that stands for progress, employment that the county certifies itself,
   a warning that is signed off or has to be). They come first.
2. Every other line has a number: the SHA-256 of the seed, a colon and the line's identifier.
3. In each stratum (a locality and a route) the lines stand in the order of their numbers.
4. The first line of each stratum comes before all others; then whichever is less far down its own stratum. Lines that
   are as far down stand in the order of their numbers.
5. As many as are wanted are taken from the front. To take more later is to go on in the same order.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import NamedTuple

LONGEST_SEED = 32
Stratum = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One line of the frame. ``always`` says why it is tested whatever is drawn."""

    uid: str
    locality: str
    route: str
    always: tuple[str, ...] = ()

    @property
    def stratum(self) -> Stratum:
        return self.locality, self.route


class Place(NamedTuple):
    """A line in the order of the sample."""

    place: int
    line: Line

    @property
    def why(self) -> str:
        return "; ".join(self.line.always)


class Row(NamedTuple):
    """A stratum of the frame: how many lines it has, how many of them are always tested, and how many were drawn."""

    locality: str
    route: str
    lines: int
    always: int
    drawn: int

    @property
    def tested(self) -> int:
        return self.always + self.drawn


def number(seed: str, line: Line) -> str:
    return sha256(f"{seed}:{line.uid}".encode()).hexdigest()


def order(seed: str, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield every line in the order in which lines are tested."""
    found = sorted(lines, key=lambda line: number(seed, line))
    yield from (line for line in found if line.always)
    strata: dict[Stratum, list[Line]] = defaultdict(list)
    for line in found:
        if not line.always:
            strata[line.stratum].append(line)
    how_far = {line: far for some in strata.values() for line, far in zip(some, depths(len(some)), strict=True)}
    yield from sorted(how_far, key=lambda line: (how_far[line], number(seed, line)))


def depths(lines: int) -> list[Fraction]:
    """Return how far down its stratum each line stands: the first before everything, the others in even steps."""
    return [Fraction(0) if k == 0 else Fraction(2 * k + 1, 2 * lines) for k in range(lines)]


def size(lines: Iterable[Line], *, share: int, least: int) -> int:
    """Return how many lines are tested.

    That is all that always are; of the others the share, rounded up, but no fewer than ``least`` and one a stratum.
    """
    found = list(lines)
    others = [line for line in found if not line.always]
    wanted = max(ceil(len(others) * share / 100), least, len({line.stratum for line in others}))
    return len(found) - len(others) + min(wanted, len(others))


def extended(lines: Iterable[Line], drawn: Collection[Place], *, share: int, more: int) -> tuple[int, int]:
    """Return the share and the least number that take ``more`` per cent of the lines beyond what was drawn."""
    found = list(lines)
    always = sum(1 for line in found if line.always)
    wanted = len(drawn) - always + ceil((len(found) - always) * more / 100)
    return min(share + more, 100), wanted


def draw(seed: str, lines: Iterable[Line], *, share: int, least: int = 0) -> list[Place]:
    """Return the sample: the same for the same seed and lines, in whatever order they are given."""
    found = list(lines)
    chosen = list(order(seed, found))[: size(found, share=share, least=least)]
    return [Place(place, line) for place, line in enumerate(chosen, start=1)]


def strata(lines: Iterable[Line], sample: Iterable[Place]) -> list[Row]:
    """Return the strata of a frame with what was drawn of each."""
    found, drawn = list(lines), {place.line.uid for place in sample if not place.line.always}
    counts: Mapping[Stratum, Counter[str]] = defaultdict(Counter)
    for line in found:
        counts[line.stratum].update({"lines": 1, "always": int(bool(line.always)), "drawn": int(line.uid in drawn)})
    return [Row(*stratum, each["lines"], each["always"], each["drawn"]) for stratum, each in sorted(counts.items())]
