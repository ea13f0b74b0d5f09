"""A thread that says "still alive" for a running job, on its own connection, and dies with its process."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import Error, connection

from slf.work import ledger, rules
from slf.work.models import Job

log = logging.getLogger(__name__)


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Keep the lease on a job while the block runs. A short job never opens the second connection."""
    stop = Event()
    thread = Thread(target=_beat, args=[job.uid, job.attempts, stop], name=f"heartbeat {job.uid}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(uid, attempt: int, stop: Event) -> None:
    while not stop.wait(rules.HEARTBEAT.total_seconds()):
        try:
            ledger.beat(uid, attempt=attempt)
        except Error:
            log.warning("The heartbeat of job %s was not written; the next one may be.", uid, exc_info=True)
            connection.close()
    connection.close()
