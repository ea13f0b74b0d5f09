"""Words that are said the same everywhere. No Django here: rules say them too."""

from datetime import date

EXAMPLE = "example, not Leicestershire policy"
"""What a setting is called for which the sources give no number."""


def day_in_words(day: date) -> str:
    """Return "3 October 2012"."""
    return f"{day.day} {day:%B %Y}"
