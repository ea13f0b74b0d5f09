"""Telling those who review a concern that one waits. Nobody is named in a mail, and nothing is said of what it is."""

import logging

from django.conf import settings
from django.core.mail import send_mail

from casework.safeguarding import services
from casework.safeguarding.models import Concern
from slf.work.registry import job

log = logging.getLogger(__name__)
SUBJECT = f"{settings.SERVICE_NAME}: a safeguarding concern waits for you"
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
