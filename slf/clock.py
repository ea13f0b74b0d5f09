"""The date of the service and England's working days.

``today()`` is the day that clocks, claims and reports stand on; sessions, audit and the worker's timers use
``django.utils.timezone.now()``. School terms are not here: they are a loaded calendar.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
ONE_DAY = timedelta(days=1)


def today() -> date:
    """Return the day the service stands on: the one it is set to, else the day it is in England."""
    if settings.SERVICE_DATE:
        return date.fromisoformat(settings.SERVICE_DATE)
    return timezone.localdate(timezone=LONDON)


def now() -> datetime:
    """Return this moment on the day the service stands on: what clocks that count hours go by."""
    moment = timezone.localtime(timezone=LONDON)
    return datetime.combine(today(), moment.time(), tzinfo=LONDON) if settings.SERVICE_DATE else moment


def shown(moment: datetime) -> datetime:
    """Return a moment as pages say it, by the clocks in England.

    In a service that stands on a day, as the demonstration does, what was written down since happened on that day, and
    what is still to come is as many days after it as it is from now. Nothing then says that it was done years later.
    """
    at, real = timezone.localtime(moment, timezone=LONDON), timezone.localdate(timezone=LONDON)
    if not settings.SERVICE_DATE or at.date() - today() <= real - at.date():
        return at  # of the service's own clock: nearer to its day than to the real one
    return datetime.combine(today() + max(at.date() - real, timedelta(0)), at.time(), tzinfo=LONDON)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return England's bank holidays of one year, the substitute days and the one-off ones included."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_days_between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to and including ``end``; negative when ``end`` comes first."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + ONE_DAY * n) for n in range(1, (end - start).days + 1))


def add_working_days(day: date, n: int) -> date:
    """Return the ``n``-th working day after ``day`` (before it, when ``n`` is negative); 0 gives the day itself."""
    step, left = (ONE_DAY if n >= 0 else -ONE_DAY), abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day
