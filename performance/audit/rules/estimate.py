"""From the lines tested to the whole claim: how many are probably in error, and how far that can be off.

Lines that are always tested are counted, not estimated. Of the others, what was drawn is treated as one random sample
of them. The interval is that of Clopper and Pearson, which is never narrower than the 95% it promises (C. J. Clopper,
E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26,
1934, 404-413; the values tested are those of R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872, table I).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, exp, floor, lgamma, log, log1p

SURE = 0.95
HALVINGS = 60
Interval = tuple[float, float]


def clopper_pearson(found: int, tested: int, *, sure: float = SURE) -> Interval:
    """Return the exact interval for a proportion of which ``found`` in ``tested`` were seen."""
    if not 0 <= found <= tested or tested == 0:
        raise ValueError("Of the lines tested, some number is found.")
    doubt = (1 - sure) / 2
    lowest = 0.0 if found == 0 else root(lambda p: at_least(found, tested, p) - doubt)
    highest = 1.0 if found == tested else root(lambda p: doubt - at_most(found, tested, p))
    return lowest, highest


def at_most(found: int, tested: int, p: float) -> float:
    return sum(exactly(k, tested, p) for k in range(found + 1))


def exactly(found: int, tested: int, p: float) -> float:
    ways = lgamma(tested + 1) - lgamma(found + 1) - lgamma(tested - found + 1)
    return exp(ways + found * log(p) + (tested - found) * log1p(-p))


def at_least(found: int, tested: int, p: float) -> float:
    return 1 - at_most(found - 1, tested, p)


def root(rising: Callable[[float], float]) -> float:
    """Return where a rising function of a proportion crosses nought."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


@dataclass(frozen=True)
class Counts:
    """What was tested of a claim, and how many of each were not supported."""

    lines: int
    always: int
    always_failed: int
    drawn: int
    drawn_failed: int

    @property
    def others(self) -> int:
        """How many lines are not always tested."""
        return self.lines - self.always

    @property
    def failed(self) -> int:
        return self.always_failed + self.drawn_failed


@dataclass(frozen=True)
class Estimate:
    """How many lines of the whole claim are in error: probably, at least, at most."""

    lines: int
    probably: int
    at_least: int
    at_most: int
    is_counted: bool
    """Every line was tested: nothing is estimated."""

    @property
    def rate(self) -> str:
        return per_cent(self.probably, self.lines)

    @property
    def words(self) -> str:
        """Return it in a sentence, in whole lines and whole per cent: a sample says no more."""
        if self.is_counted:
            return f"Every line was tested: {self.probably} of {self.lines} ({self.rate}) are not supported."
        span = f"{self.at_least} to {self.at_most}"
        rates = f"{per_cent(self.at_least, self.lines)} to {per_cent(self.at_most, self.lines)}"
        return (
            f"Of {self.lines} lines probably {self.probably} ({self.rate}) are not supported; with 95% confidence, "
            f"{span} ({rates})."
        )


def estimate(counts: Counts) -> Estimate | None:
    """Return what the lines tested say of the whole claim; None where nothing can be said."""
    if counts.lines == 0 or (counts.others and not counts.drawn):
        return None
    if counts.drawn == counts.others:
        return Estimate(counts.lines, counts.failed, counts.failed, counts.failed, is_counted=True)
    low, high = clopper_pearson(counts.drawn_failed, counts.drawn)
    untested = counts.others - counts.drawn
    fewest = max(counts.drawn_failed, floor(low * counts.others))
    most = min(counts.drawn_failed + untested, ceil(high * counts.others))
    probably = counts.drawn_failed + round(untested * counts.drawn_failed / counts.drawn)
    return Estimate(
        counts.lines, counts.always_failed + probably, counts.always_failed + fewest, counts.always_failed + most,
        is_counted=False,
    )  # fmt: skip


def per_cent(part: int, whole: int) -> str:
    """Return a share in whole per cent: none is none, and a part of one per cent is less than one."""
    share = 100 * part / whole
    if part == 0:
        return "0%"
    return "less than 1%" if share < 1 else f"{round(share)}%"
