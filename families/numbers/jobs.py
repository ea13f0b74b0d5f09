"""Telling who typed a number that it is answered, and the heads of service that somebody met too many."""

from django.conf import settings
from django.core.mail import send_mail

from families.opening.services import heads_of_service
from slf.accounts.models import User
from slf.work.registry import job

ANSWERED = "A number that you wrote down was asked about. Sign in: what to do stands with the person you wrote it of."
HELD_BACK = (
    "{who} typed as many numbers of people they do not see as one person may in 24 hours. No number is looked up for "
    "them until tomorrow. Speak to them."
)


@job("numbers.tell_asker", title="Telling who wrote down a number that it was asked about")
def tell_asker(job, *, asker: int) -> dict[str, int]:
    with job.step():
        told = list(User.objects.filter(pk=asker, is_active=True).exclude(email=""))
    return tell(told, ANSWERED)


@job("numbers.tell_heads", title="Telling the head of service of many numbers typed")
def tell_heads(job) -> dict[str, int]:
    with job.step():
        told = [head for head in heads_of_service(besides=job.asked_by) if head.email]
    return tell(told, HELD_BACK.format(who=job.asked_by))


def tell(told: list[User], sentence: str) -> dict[str, int]:
    for person in told:
        send_mail(f"{settings.SERVICE_NAME}: numbers", sentence, None, [person.email])
    return {"told": len(told)}
