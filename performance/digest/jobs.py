"""The clock's door, and the mail itself. Nothing in it names anybody.

That it is about to go is noted with the promise before it goes, and that it went, after. A worker that is killed before
the first note leaves it to the next. Between the two nobody can know whether the mail server has it: nobody sends it
again. So it errs on the side of one mail too few, on a day on which My day says the same; a mail too many would say
so twice. Where the mail server cannot be reached, or says no, it did not go, and is tried again. The number it bears is
that of its promise, of which there is one for each person and day: a copy that came all the same is known by it.
"""

from datetime import date
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from performance.digest import rules, services
from slf.access.rights import rights_of
from slf.clock import LONDON, today
from slf.work.registry import job

SUBJECT = f"{settings.SERVICE_NAME}: what waits for you today"
LEAVES, SENT = "leaves", "sent"
REFUSED = (SMTPResponseException, SMTPRecipientsRefused)
"""How a mail server says no: then it has nothing of it."""


@shared_task(name="performance.promise_digests")  # type: ignore[untyped-decorator]  # Celery has no types
def promise_digests() -> None:
    services.promise_digests()


@job(services.SEND, title="The mail of the day")
def send(job: Any, *, day: str) -> dict[str, int]:
    """Say how much waits for whoever asked; nothing where nothing waits, where it is off, or on another day."""
    if job.cursor in {LEAVES, SENT}:
        return {"sent": int(job.cursor == SENT)}
    with job.step():
        user = job.asked_by
        counts = services.waiting_for(user, today()) if is_wanted(user, day) else []
    if not counts:
        return {"sent": 0}
    post(job, message(user.email, counts, number=job.uid))
    return {"sent": 1}


def post(job: Any, letter: EmailMessage) -> None:
    """Note that it leaves, send it, note that it went: each in its own transaction."""
    letter.connection = get_connection()
    letter.connection.open()
    try:
        note(job, LEAVES)
        letter.send()
    except REFUSED:
        note(job, None)
        raise
    finally:
        letter.connection.close()
    note(job, SENT)


def note(job: Any, cursor: str | None) -> None:
    """Write with the promise how far it is; how often it went wrong is counted on."""
    with transaction.atomic(durable=True):
        job.keep(cursor=cursor)
    job.cursor = cursor


def is_wanted(user: Any, day: str) -> bool:
    now = timezone.localtime(timezone=LONDON).date()
    in_post = bool(rights_of(user).reaches) or user.posts.filter(period__contains=now).exists()
    return date.fromisoformat(day) == now and in_post and bool(user.email) and not services.is_off(user)


def message(address: str, counts: rules.Counts, *, number: Any) -> EmailMessage:
    words = rules.letter(counts, link=services.link_to("home"), choice=services.link_to("performance:digest"))
    host = settings.SERVICE_URL.partition("//")[2].partition(":")[0]
    return EmailMessage(SUBJECT, words, None, [address], headers={"Message-ID": f"<{number}@{host}>"})
