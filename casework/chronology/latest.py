"""The latest rows of a table, as many as a chronology shows."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce


def newest(rows: QuerySet, most: int | None, *days: str) -> QuerySet:
    """Return the rows by the last of their days; a row tells of no more than its days, so the latest are among them."""
    day = Coalesce(*days) if len(days) > 1 else F(days[0])
    return rows.order_by(day.desc(), "-pk")[:most]
