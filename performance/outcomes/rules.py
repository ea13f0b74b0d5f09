"""Periods and words of the dashboard."""

from datetime import date

QUIET_DAYS = 28
"""Days after which a family or child counts as not seen lately. Source: ``EXAMPLE``."""

YEAR_STARTS = (4, 1)


def year_of(day: date) -> tuple[date, date]:
    """Return the first day of the financial year that holds ``day``, and ``day`` itself."""
    starts = date(day.year, *YEAR_STARTS)
    return (starts if starts <= day else date(day.year - 1, *YEAR_STARTS), day)


def months_before(day: date, count: int) -> list[date]:
    """Return the first days of the last ``count`` months, the month of ``day`` last."""
    months = day.year * 12 + day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(months - count + 1, months + 1)]
