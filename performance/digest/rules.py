"""When the mail of the day goes out, and what it says."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from slf.policy.rules import Number, Setting

HOUR: Setting[int] = Setting(
    "digest_hour", "From what hour on the mail of the day is sent", "Mail", Number("o'clock", 5, 18), 7,
    help="Each working day, to everybody who has something waiting and has not turned it off.",
)  # fmt: skip
SETTINGS = (HOUR,)
SENT_FOR = timedelta(hours=4)
"""How long after the hour the mail of the day is still sent: one that comes at night helps nobody."""

Counts = Sequence[tuple[str, int]]


def is_time(moment: datetime, *, hour: int, is_working_day: bool) -> bool:
    """Tell whether the mail of this day is to go out now; ``moment`` is what clocks in England show."""
    begins = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    return is_working_day and begins <= moment < begins + SENT_FOR


def letter(counts: Counts, *, link: str, choice: str) -> str:
    """Return the words of the mail: how much waits of each kind, and where to see it."""
    lines = [f"{title}: {number}" for title, number in counts if number]
    return "\n".join(
        [
            "This waits for you:", "", *lines, "", f"See it on “My day”: {link}", "",
            f"You can turn this mail off: {choice}",
        ]
    )  # fmt: skip
