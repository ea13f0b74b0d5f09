"""The days of a week somebody works, and how long they may be away."""

from collections.abc import Iterable
from datetime import date, timedelta

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
USUAL = (0, 1, 2, 3, 4)
"""The days of a worker who has said nothing yet. Source: ``EXAMPLE``."""
LONGEST_LEAVE = timedelta(days=366)


def days_in_words(days: Iterable[int], *, evenings: bool) -> str:
    """Return "Monday to Friday, evenings too", or each day by its name where they are not in a row."""
    chosen = sorted(set(days))
    in_a_row = len(chosen) > 2 and chosen == list(range(chosen[0], chosen[-1] + 1))
    names = f"{DAYS[chosen[0]]} to {DAYS[chosen[-1]]}" if in_a_row else ", ".join(DAYS[day] for day in chosen)
    return f"{names}, evenings too" if evenings else names


def wrong_with_leave(first: date, last: date) -> str:
    """Return what is wrong with the first and last day away; nothing when it can be."""
    if last < first:
        return "The last day away must not be before the first"
    if last - first >= LONGEST_LEAVE:
        return "Leave must be no longer than a year: end the post instead"
    return ""
