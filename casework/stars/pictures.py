"""A star as a picture with its figures: the latest reading against the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.stars import rules
from casework.stars.models import Reading
from slf.web.charts import Chart, Series, star_chart
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
    """A reading, against the family's first with the same star when that is another one."""

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
    return Comparison(first, latest, drawn(first, latest, tool, says), [row_of(step, tool) for step in steps], says)


def drawn(first: Reading, latest: Reading, tool: rules.Tool, says: str) -> Chart:
    readings = [latest] if first == latest else [first, latest]
    series = [Series(day_in_words(r.taken_on), [r.marks.get(area.code) for area in tool.areas]) for r in readings]
    areas = [area.name for area in tool.areas]
    return star_chart(tool.name, areas=areas, readings=series, top=tool.highest, says=says)


def row_of(step: rules.Step, tool: rules.Tool) -> Row:
    stage = "" if step.latest is None else tool.stage_of(step.latest).name
    return Row(step.area.name, mark(step.first), mark(step.latest), stage, step.change_in_words)


def mark(value: int | None) -> str:
    return "not talked about" if value is None else str(value)
