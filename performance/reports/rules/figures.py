"""The figures of the dashboard, as they were on a day."""

from collections.abc import Iterable

from performance.reports.rules.tables import Column, Holds, Table

BY_FIGURE = (
    Column("Figure", "As the dashboard calls it."),
    Column("Part", "What the figure is about."),
    Column("Number", "How many on the day of the report.", Holds.NUMBER, families=True),
    Column("What it counts", "What exactly is counted."),
)


def as_figures(found: Iterable[tuple[str, str, int, str]]) -> Table:
    return Table(BY_FIGURE, tuple(found))
