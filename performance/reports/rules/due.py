"""When a report on schedule is due, and which days it tells of."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
LAST_DAY = 28


class Every(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"


EVERY_NAMES = {Every.MONTH: "Every month", Every.QUARTER: "Every quarter"}


class Due(NamedTuple):
    """The day a report is due, and the days it tells of: the month or quarter that was over then."""

    on: date
    since: date
    until: date


def last_due(every: str, day: int, *, today: date) -> Due:
    """Return the last time it was due, today included. A quarter ends with March, June, September and December."""
    step = 1 if every == Every.MONTH else 3
    begins = first_of(today, step)
    if today < begins.replace(day=day):
        begins = back(begins, step)
    return Due(begins.replace(day=day), back(begins, step), begins - ONE_DAY)


def next_due(every: str, day: int, *, today: date) -> date:
    """Return the first day after today on which it is due."""
    step = 1 if every == Every.MONTH else 3
    this = first_of(today, step)
    found = this.replace(day=day)
    return found if found > today else back(this, -step).replace(day=day)


def first_of(today: date, step: int) -> date:
    """Return the first day of the month or quarter of a day."""
    return today.replace(month=today.month - (today.month - 1) % step, day=1)


def back(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
