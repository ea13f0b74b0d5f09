"""Telling those who review a concern that one waits. Nobody is named in a mail, and nothing is said of what it is."""

import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from casework.safeguarding import missed, services
from casework.safeguarding.models import Concern
from slf.clock import now
from slf.work.registry import job

log = logging.getLogger(__name__)
SUBJECT = f"{settings.SERVICE_NAME}: a safeguarding concern waits for you"
MISSED = f"{settings.SERVICE_NAME}: a time was missed in a safeguarding concern"
MISSED_WORDS = (
    "What was to be done in a safeguarding concern was not done in the time set for it. Sign in: “My day” shows which "
    "one it is."
)
WORDS = "A safeguarding concern waits to be reviewed. Sign in: “My day” shows it."


@job("concerns.tell", title="Telling who reviews a concern")
def tell(job, *, concern: int) -> dict[str, int]:
    with job.step():
        told = [user.email for user in services.who_is_told(Concern.objects.visible_to(job.asked_by).get(pk=concern))]
    for address in told:
        send_mail(SUBJECT, WORDS, None, [address])
    if not told:
        log.warning("Nobody could be told of concern %s.", concern)
    return {}


@shared_task(name="concerns.look_for_missed")  # type: ignore[untyped-decorator]  # Celery has no types
def look_for_missed() -> None:
    missed.promise_to_tell(now())


@job(missed.TELL, title="Telling who decides that a time was missed")
def tell_missed(job: Any, *, concern: int) -> dict[str, int]:
    """Tell them, unless it was done since."""
    if job.cursor:
        return {"told": 1}
    with job.step():
        late = any(row.pk == concern for row, _ in missed.missed_for(job.asked_by, now()))
        if not late:
            return {"told": 0}
        job.cursor = "told"
        send_mail(MISSED, MISSED_WORDS, None, [job.asked_by.email])
    return {"told": 1}
