"""When the made-up workers work, what they speak, and who is away on the day of the demonstration."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from referrals.workers.models import Leave, WorkPattern
from slf.accounts.models import User

PATTERNS = (
    {"days": [0, 1, 2, 3, 4], "evenings": True, "languages": ["gu"], "district": "LE11"},
    {"days": [0, 1, 2, 3], "evenings": False, "languages": ["ur", "pa"], "district": "LE12"},
    {"days": [1, 2, 3, 4, 5], "evenings": True, "languages": [], "district": "LE7"},
    {"days": [0, 1, 2, 3, 4], "evenings": False, "languages": ["pl"], "district": "LE11"},
)
AWAY_EVERY, AWAY_FOR = 5, timedelta(days=10)


def say_when(workers: Iterable[User], *, by: User, today: date) -> None:
    """Give each worker a pattern in turn, and every fifth colleague some days away that have begun."""
    everybody = list(workers)
    WorkPattern.objects.bulk_create(
        WorkPattern(worker=worker, **PATTERNS[n % len(PATTERNS)]) for n, worker in enumerate(everybody)
    )
    away = DateRange(today - timedelta(days=1), today + AWAY_FOR)
    colleagues = [one for one in everybody if not one.has_usable_password()]
    Leave.objects.bulk_create(Leave(worker=one, period=away, recorded_by=by) for one in colleagues[2::AWAY_EVERY])
