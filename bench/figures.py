"""One line of the table: what was measured, its bound, and whether it holds."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

KNOWN_MISSES = ("Guardian rows per family / policy: count",)
"""How the lines begin that miss their bound: docs/benchmarks.md says so. The bound stays; the run still fails."""


@dataclass(frozen=True)
class Line:
    """A figure. ``bound`` is the most it may be (``at_least``: the least); a watched line has no say in the exit."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False
    watched: bool = False
    note: str = ""

    @property
    def holds(self) -> bool:
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return ""
        if self.holds:
            return "holds"
        if self.watched:
            return "over, watched"
        return "KNOWN MISS" if self.known else "MISSED"

    @property
    def known(self) -> bool:
        return self.what.startswith(KNOWN_MISSES)

    @property
    def fails(self) -> bool:
        return not self.holds and not self.watched


def percentile(times: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of some times, in the same unit."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds an act takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


def in_turns(acts: Sequence[Callable[[], object]], *, times: int, warm_up: int = 5) -> list[list[float]]:
    """Return the seconds of each act, done in turns so that a busy machine is equally busy for all."""
    for _ in range(warm_up):
        for act in acts:
            act()
    rounds = [[timed(act) for act in acts] for _ in range(times)]
    return [list(column) for column in zip(*rounds, strict=True)]


def as_table(lines: Iterable[Line]) -> str:
    rows = [
        (line.what, f"{line.value:,.2f} {line.unit}".strip(), bound_of(line), line.verdict, line.note) for line in lines
    ]
    heads = ("what", "measured", "bound", "verdict", "note")
    widths = [max(len(row[n]) for row in (heads, *rows)) for n in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (heads, *rows)
    )


def bound_of(line: Line) -> str:
    if line.bound is None:
        return ""
    return f"at {'least' if line.at_least else 'most'} {line.bound:g}"


def keep(lines: Iterable[Line], *, conditions: dict, path: Path) -> None:
    rows = [asdict(line) | {"verdict": line.verdict} for line in lines]
    path.write_text(json.dumps({"conditions": conditions, "lines": rows}, indent=2) + "\n")
