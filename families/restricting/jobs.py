"""Telling who is named, and the heads of service. No family is named in a mail."""

from django.conf import settings
from django.core.mail import send_mail

from families.opening.services import heads_of_service
from families.restricting.rules import Kind
from slf.accounts.models import User
from slf.work.registry import job

NAMED = (
    "You may see a family whose record is restricted to named people. Sign in: you find it among the families of the "
    "service. Speak of it to nobody who is not named."
)
TOLD = {
    Kind.RESTRICTED: "{who} restricted a family's record to named people. “Restricted families” counts them.",
    Kind.LIFTED: "{who} lifted the restriction of a family's record.",
}


@job("restricting.tell_named", title="Telling who may see a restricted family")
def tell_named(job, *, people: list[int]) -> dict[str, int]:
    with job.step():
        told = list(User.objects.filter(pk__in=people, is_active=True).exclude(email=""))
    return tell(told, NAMED)


@job("restricting.tell_heads", title="Telling the head of service of a restriction")
def tell_heads(job, *, did: str) -> dict[str, int]:
    with job.step():
        told = [head for head in heads_of_service(besides=job.asked_by) if head.email]
    return tell(told, TOLD[Kind(did)].format(who=job.asked_by))


def tell(told: list[User], sentence: str) -> dict[str, int]:
    for person in told:
        send_mail(f"{settings.SERVICE_NAME}: restricted records", sentence, None, [person.email])
    return {"told": len(told)}
