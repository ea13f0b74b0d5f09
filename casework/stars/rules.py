"""The outcome star: what a tool is, which marks it takes, and how far a family has come.

A tool is data: any number of areas, any whole-number scale, its own stage bands and words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

FEWEST_AREAS, MOST_AREAS = 3, 20
"""A radar of fewer than three arms is a line; of more than twenty nobody can read it."""

Marks = Mapping[str, int]
"""``{area code: mark}``. An area the family did not talk about is not in it."""


class Completed(StrEnum):
    """Who gave the marks."""

    TOGETHER = "together"
    FAMILY = "family"
    WORKER = "worker"

    @property
    def label(self) -> str:
        return COMPLETED_NAMES[self]


COMPLETED_SHORT: Mapping[Completed, str] = {
    Completed.TOGETHER: "together",
    Completed.FAMILY: "by the family",
    Completed.WORKER: "by the worker",
}
COMPLETED_NAMES: Mapping[Completed, str] = {
    Completed.TOGETHER: "The family and the worker together",
    Completed.FAMILY: "The family on their own",
    Completed.WORKER: "The worker on their own",
}


@dataclass(frozen=True)
class Area:
    """One arm of the star, and the question that opens it."""

    code: str
    name: str
    asks: str


@dataclass(frozen=True)
class Stage:
    """A band of the scale, both ends included, in words a family would use."""

    lowest: int
    highest: int
    name: str
    meaning: str


@dataclass(frozen=True)
class Tool:
    """One version of a star."""

    code: str
    version: int
    name: str
    lowest: int
    highest: int
    areas: tuple[Area, ...]
    stages: tuple[Stage, ...]

    @property
    def scale(self) -> range:
        return range(self.lowest, self.highest + 1)

    def stage_of(self, mark: int) -> Stage:
        return next(stage for stage in self.stages if stage.lowest <= mark <= stage.highest)


class Started(Protocol):
    """A version of a star with its first day, and the code of the star that it takes the place of, if any."""

    code: str
    version: int
    starts_on: date
    instead_of: str


Begun = TypeVar("Begun", bound=Started)


def each_in_use(tools: Iterable[Begun], *, on: date) -> list[Begun]:
    """Return the stars that new readings are taken with on one day; each stands where the one before it stood."""
    line: list[Begun] = []
    for tool in sorted(tools, key=lambda tool: (tool.starts_on, tool.version)):
        if tool.starts_on <= on:
            gone = {tool.code, tool.instead_of}
            place = next((place for place, there in enumerate(line) if there.code in gone), len(line))
            line.insert(place, tool)
            line = [there for there in line if there is tool or there.code not in gone]
    return line


@dataclass(frozen=True)
class Trend:
    """One area through all readings with one star, oldest first; without those where it was not talked about."""

    area: Area
    marks: tuple[int, ...]

    @property
    def in_words(self) -> str:
        """Return "2, 3, 3, 5", or that nobody talked about it."""
        return ", ".join(map(str, self.marks)) or "not talked about"


def trends(readings: Sequence[Marks], tool: Tool) -> list[Trend]:
    """Return each area of the tool with its marks in some readings, oldest first."""
    return [Trend(a, tuple(marks[a.code] for marks in readings if a.code in marks)) for a in tool.areas]


@dataclass(frozen=True)
class Step:
    """One area in two readings. ``None`` where the area was not talked about."""

    area: Area
    first: int | None
    latest: int | None

    @property
    def change(self) -> int | None:
        return None if self.first is None or self.latest is None else self.latest - self.first

    @property
    def change_in_words(self) -> str:
        """Return "up 2", "down 1", "no change", or nothing where there is nothing to compare."""
        if self.change is None:
            return ""
        return f"{'up' if self.change > 0 else 'down'} {abs(self.change)}" if self.change else "no change"


def problems_with_tool(tool: Tool) -> list[str]:
    """Return what is wrong with a tool before it is taken into use; nothing when it can be."""
    problems = []
    if not FEWEST_AREAS <= len(tool.areas) <= MOST_AREAS:
        problems.append(f"A star has {FEWEST_AREAS} to {MOST_AREAS} areas. This one has {len(tool.areas)}.")
    if len({area.code for area in tool.areas}) < len(tool.areas):
        problems.append("Two areas have the same code.")
    if tool.lowest >= tool.highest:
        problems.append("The scale must end above where it starts.")
    if [mark for stage in tool.stages for mark in range(stage.lowest, stage.highest + 1)] != list(tool.scale):
        problems.append("The stages must cover the scale from one end to the other, each mark once, in order.")
    return problems


def problems_with_marks(marks: Mapping[str, object], tool: Tool) -> dict[str, str]:
    """Return ``{area code: sentence}`` for every mark the tool does not take; "" is the key for the whole."""
    known = {area.code: area for area in tool.areas}
    problems = {code: "This star has no such area." for code in marks if code not in known}
    for code, mark in marks.items():
        if code in known and not is_on_scale(mark, tool):
            problems[code] = f"Choose a mark from {tool.lowest} to {tool.highest} for “{known[code].name}”."
    return problems if marks else {"": "Mark at least one area."}


def is_on_scale(mark: object, tool: Tool) -> bool:
    return isinstance(mark, int) and not isinstance(mark, bool) and mark in tool.scale


def steps_between(first: Marks, latest: Marks, tool: Tool) -> list[Step]:
    """Return each area of the tool with its mark in both readings."""
    return [Step(area, first.get(area.code), latest.get(area.code)) for area in tool.areas]


def average(marks: Marks) -> float:
    return sum(marks.values()) / len(marks)


def average_change(steps: Iterable[Step]) -> float | None:
    """Return the mean change over the areas marked both times; ``None`` when there is none."""
    changes = [step.change for step in steps if step.change is not None]
    return sum(changes) / len(changes) if changes else None


def in_short(steps: Iterable[Step]) -> str:
    """Return what a person should see in two readings: "Of 8 areas marked both times, 5 are higher, 3 are the same"."""
    changes = [step.change for step in steps if step.change is not None]
    if not changes:
        return "No area was marked both times."
    higher, lower = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    said = ((higher, "higher"), (lower, "lower"), (len(changes) - higher - lower, "the same"))
    parts = [f"{number} {'is' if number == 1 else 'are'} {word}" for number, word in said if number]
    return f"Of {len(changes)} areas marked both times, {', '.join(parts)}."
