"""What a worker may do before it knows who asked: the functions of ``slf.work.sql`` and nothing else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from slf.work import rules


def claim(uid: UUID | str) -> rules.Claim | None:
    """Take a job that is due, or that a dead worker left; None when there is nothing to take."""
    row = _call("select asked_by, attempt from slf.claim_job(%s, %s)", uid, rules.LEASE)
    return rules.Claim(*row[0]) if row else None


def beat(uid: UUID | str, *, attempt: int) -> None:
    """Say that this attempt's worker is alive."""
    _call("select slf.beat_job(%s, %s)", uid, attempt)


def left_behind() -> list[tuple[UUID, str]]:
    """Return ``(uid, queue)`` of jobs whose nudge seems lost or whose worker died, and note that they are sent."""
    return _call("select uid, queue from slf.abandoned_jobs(%s)", rules.LEASE)


def forget_once_keys(*, older_than: timedelta) -> int:
    """Delete the keys older than this and return how many there were."""
    return _call("select slf.forget_once_keys(%s)", older_than)[0][0]


def _call(sql: str, *values: Any) -> list[tuple]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
