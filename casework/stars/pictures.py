"""A star as a picture with its figures: one reading against another, and each area over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.stars import rules
from casework.stars.models import Reading
from slf.web.charts import Chart, Series, Spark, star_chart
from slf.web.words import day_in_words


@dataclass(frozen=True)
class Row:
    """One area of the table beside the picture."""

    area: str
    first: str
    latest: str
    stage: str
    change: str


@dataclass(frozen=True)
class Comparison:
    """A reading against an earlier one with the same star; alone where both are the same."""

    first: Reading
    latest: Reading
    chart: Chart
    rows: Sequence[Row]
    says: str

    @property
    def is_first(self) -> bool:
        return self.first == self.latest


def compare(first: Reading, latest: Reading) -> Comparison:
    """Draw two readings taken with one star."""
    tool = latest.tool.as_rules()
    steps = rules.steps_between(first.marks, latest.marks, tool)
    says = "" if first == latest else rules.in_short(steps)
    rows = [row_of(step, tool) for step in steps]
    return Comparison(first, latest, drawn(first, latest, tool, says), rows, says)


def in_full(reading: Reading) -> str:
    """Return "3 March 2014, by the family"."""
    return f"{day_in_words(reading.taken_on)}, {rules.COMPLETED_SHORT[rules.Completed(reading.completed)]}"


def drawn(first: Reading, latest: Reading, tool: rules.Tool, says: str) -> Chart:
    readings = [latest] if first == latest else [first, latest]
    series = [Series(in_full(r), [r.marks.get(area.code) for area in tool.areas]) for r in readings]
    areas = [area.name for area in tool.areas]
    return star_chart(tool.name, areas=areas, readings=series, top=tool.highest, says=says)


def row_of(step: rules.Step, tool: rules.Tool) -> Row:
    stage = "" if step.latest is None else tool.stage_of(step.latest).name
    return Row(step.area.name, mark(step.first), mark(step.latest), stage, step.change_in_words)


def mark(value: int | None) -> str:
    return "not talked about" if value is None else str(value)


@dataclass(frozen=True)
class Course:
    """One area through all readings: its marks in words, and as a line where there are two or more."""

    area: str
    says: str
    spark: Spark | None


def courses(readings: Sequence[Reading]) -> list[Course]:
    """Return each area's course through readings with one star, oldest first."""
    tool = readings[-1].tool.as_rules()
    return [course(trend, tool) for trend in rules.trends([reading.marks for reading in readings], tool)]


def course(trend: rules.Trend, tool: rules.Tool) -> Course:
    title = f"{trend.area.name}: {trend.in_words}"
    spark = Spark(trend.marks, title=title, top=tool.highest) if len(trend.marks) > 1 else None
    return Course(trend.area.name, trend.in_words, spark)
