"""Words that are said the same everywhere. No Django here: rules say them too."""

from datetime import date, datetime

EXAMPLE = "example, not Leicestershire policy"
"""What a setting is called for which the sources give no number."""


def day_in_words(day: date) -> str:
    """Return "3 October 2012"."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """Return "3 October 2012, 14:32", of a moment as the clocks in England show it."""
    return f"{day_in_words(moment)}, {moment:%H:%M}"
