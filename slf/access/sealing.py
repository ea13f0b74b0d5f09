"""The view log sealed day by day into a hash chain. Its head is published, so a row changed later shows."""

import logging
from datetime import date

from django.db import connection

log = logging.getLogger(__name__)


def seal_past_days() -> dict[date, str]:
    """Seal every day that is over and not sealed yet, in order; return their seals. The last is the chain's head."""
    with connection.cursor() as cursor:
        cursor.execute("select day, digest from slf.seal_views()")
        sealed = dict(cursor.fetchall())
    for day, digest in sealed.items():
        log.info("View log of %s sealed: %s", day, digest)
    return sealed


def broken_seals() -> list[date]:
    """Return the days whose log or chain is not what was sealed."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.broken_seals()")
        return [day for (day,) in cursor.fetchall()]
