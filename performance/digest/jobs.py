"""The clock's door, and the mail itself. Nothing in it names anybody.

A worker that is killed before the mail is out leaves it to the next; once it is out and noted, nobody sends it again.
Between the two lies the time that the mail server takes: a second copy then bears the same number and is dropped by it.
"""

from datetime import date
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from performance.digest import rules, services
from slf.access.rights import rights_of
from slf.clock import LONDON, today
from slf.work.registry import job

SUBJECT = f"{settings.SERVICE_NAME}: what waits for you today"
SENT = "sent"


@shared_task(name="performance.promise_digests")  # type: ignore[untyped-decorator]  # Celery has no types
def promise_digests() -> None:
    services.promise_digests()


@job(services.SEND, title="The mail of the day")
def send(job: Any, *, day: str) -> dict[str, int]:
    """Say how much waits for whoever asked; nothing where nothing waits, where it is off, or on another day."""
    if job.cursor == SENT:
        return {"sent": 1}
    with job.step():
        user = job.asked_by
        counts = services.waiting_for(user, today()) if is_wanted(user, day) else []
        if not counts:
            return {"sent": 0}
        job.cursor = SENT
        message(user.email, counts, number=job.uid).send()
    return {"sent": 1}


def is_wanted(user: Any, day: str) -> bool:
    now = timezone.localtime(timezone=LONDON).date()
    in_post = bool(rights_of(user).reaches) or user.posts.filter(period__contains=now).exists()
    return date.fromisoformat(day) == now and in_post and bool(user.email) and not services.is_off(user)


def message(address: str, counts: rules.Counts, *, number: Any) -> EmailMessage:
    words = rules.letter(counts, link=services.link_to("home"), choice=services.link_to("performance:digest"))
    host = settings.SERVICE_URL.partition("//")[2].partition(":")[0]
    return EmailMessage(SUBJECT, words, None, [address], headers={"Message-ID": f"<{number}@{host}>"})
