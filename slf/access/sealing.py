"""The view log sealed day by day into a hash chain. Its head is published, so a row changed later shows."""

import logging
from datetime import date

from django.db import connection

log = logging.getLogger(__name__)


def seal_day(day: date) -> str:
    """Seal one whole day, once, and return the seal: the chain's head when it is the latest."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.seal_views(%s)", [day])
        digest = str(cursor.fetchone()[0])
    log.info("View log of %s sealed: %s", day, digest)
    return digest


def broken_seals() -> list[date]:
    """Return the days whose log or chain is not what was sealed."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.broken_seals()")
        return [day for (day,) in cursor.fetchall()]
