"""What a promise announces: a nudge to the workers, which may be lost because the sweep sends it again."""

from uuid import UUID

from celery import current_app
from django.db import transaction

from slf.work.models import Job

RUN = "slf.work.run"


def nudge_on_commit(job: Job) -> None:
    """Tell the workers once the promise is committed. A broker that is away must not break the page."""
    transaction.on_commit(lambda: nudge(job.uid, job.queue), robust=True)


def nudge(uid: UUID, queue: str) -> None:
    current_app.send_task(RUN, args=[str(uid)], queue=queue, retry=False)
