"""Pictures of figures, drawn on the server as SVG: they need no script, they print, and they go into PDFs.

``bar_chart``, ``line_chart`` and ``star_chart`` return a ``Chart``; ``{% chart picture %}`` shows it with the same
figures in a table beside it, and ``picture.svg`` is the drawing alone. Never colour alone: bars carry patterns,
lines carry dashes and marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from slf.web import drawing

Figure = int | float | Decimal
MOST_READINGS = 2
MOST_SERIES = len(drawing.COLOURS)


@dataclass(frozen=True)
class Series:
    """One row of figures. None means not known, which is not nought. ``hrefs`` opens the list behind each figure."""

    name: str
    values: Sequence[Figure | None]
    hrefs: Sequence[str] = ()


@dataclass(frozen=True)
class Cell:
    words: str
    href: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture and its figures. ``says`` is what a person should see in it, in one sentence."""

    kind: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    says: str = ""
    unit: str = ""
    heads: str = "What"
    top: Figure | None = None
    id: str = field(default_factory=lambda: f"chart-{uuid4().hex[:8]}", compare=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"A chart shows 1 to {MOST_SERIES} series, not {len(self.series)}.")
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError("Each series of a chart has one figure for each label.")
        if any(value is not None and value < 0 for series in self.series for value in series.values):
            raise ValueError("These charts begin at nought; a figure below it would not be seen.")

    @cached_property
    def svg(self) -> SafeString:
        """The drawing, whole: with its title and description, and nothing that needs a stylesheet."""
        drawn = drawing.KINDS[self.kind](self)
        return render_to_string(f"components/charts/{self.kind}.svg", {"chart": self, **drawn})

    @property
    def rows(self) -> list[tuple[str, list[Cell]]]:
        """The table beside the picture: every figure of it, in words."""
        return [
            (label, [self._cell(series, index) for series in self.series]) for index, label in enumerate(self.labels)
        ]

    def words(self, value: Figure | None) -> str:
        return in_words(value, unit=self.unit)

    def _cell(self, series: Series, index: int) -> Cell:
        return Cell(self.words(series.values[index]), series.hrefs[index] if series.hrefs else "")


def bar_chart(title: str, *, labels: Sequence[str], series: Sequence[Series], **more: Any) -> Chart:
    """Return bars that lie, label above and figure at the end, so that long names stay readable on a phone."""
    return Chart("bar", title, labels, series, **more)


def line_chart(title: str, *, labels: Sequence[str], series: Sequence[Series], **more: Any) -> Chart:
    """Return lines over time; where a figure is not known the line breaks."""
    return Chart("line", title, labels, series, **more)


def star_chart(title: str, *, areas: Sequence[str], readings: Sequence[Series], top: Figure, **more: Any) -> Chart:
    """Return the outcome star with one reading, or the first dashed and the last solid."""
    if len(readings) > MOST_READINGS:
        raise ValueError("A star shows at most two readings; more cannot be told apart.")
    return Chart("star", title, areas, readings, top=top, **{"heads": "Area", **more})


@dataclass(frozen=True)
class Spark:
    """A trend no bigger than a word. Its title says the figures."""

    values: Sequence[Figure]
    title: str
    top: Figure = 10
    id: str = field(default_factory=lambda: f"spark-{uuid4().hex[:8]}", compare=False)

    @cached_property
    def svg(self) -> SafeString:
        return render_to_string(
            "components/charts/spark.svg", {"spark": self, **drawing.spark(self.values, top=self.top)}
        )


def in_words(value: Figure | None, *, unit: str = "") -> str:
    """Return "1,284", "58.5%", "£908,000", "£12.50" or "not known"."""
    if value is None:
        return "not known"
    decimals = 0 if value == int(value) else 2 if unit == "£" else 1
    text = f"{value:,.{decimals}f}"
    return f"{unit}{text}" if unit == "£" else f"{text}{unit}"
