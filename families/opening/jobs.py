"""Telling somebody without a conflict that a record was opened in an emergency. No family is named in a mail."""

from django.conf import settings
from django.core.mail import send_mail

from families.interests.services import without_conflict
from families.opening.services import heads_of_service, managers_of, reviewers_of
from families.people.models import Family
from slf.accounts.models import User
from slf.work.registry import job

SENTENCE = (
    "Emergency access to a family's record was used. Sign in and open “Emergency access to review” to see who, "
    "when and why."
)


ESCALATED = (
    "{who} used emergency access to a family's record, and nobody who reviews access to it could be told. "
    "Speak to them, and name people for the family under “Restricted families”."
)


HELD_BACK = (
    "{who} asked for emergency access to more families than one person may open in 24 hours, and was refused. "
    "Sign in and open “Emergency access to review” to see what they asked for, and speak to them."
)
OPENED_MANY = (
    "{who} opened as many families' records with a reason in 24 hours as one person may, and was refused the next. "
    "Speak to them."
)


class NobodyTold(Exception):
    """Emergency access was used and there is nobody to tell. The job is tried again, and ends as failed."""


@job("access.tell_reviewers", title="Telling those who review emergency access")
def tell_reviewers(job, *, family: int) -> dict[str, int]:
    """Mail everyone who reviews access to this family, except the person who opened it; else the head of service."""
    with job.step():
        sentence, told = whom_to_tell(family, opened_by=job.asked_by)
    return tell(told, sentence)


@job("access.tell_heads", title="Telling the head of service of emergency access held back")
def tell_heads(job) -> dict[str, int]:
    with job.step():
        told = addresses(heads_of_service(besides=job.asked_by))
    return tell(told, HELD_BACK.format(who=job.asked_by))


@job("access.tell_managers", title="Telling the manager of many records opened")
def tell_managers(job, *, family: int) -> dict[str, int]:
    """Mail the managers of the locality; else the head of service."""
    with job.step():
        opened = Family.objects.select_related("scope").get(pk=family)
        told = addresses(managers_of(opened, besides=job.asked_by))
        told = told or addresses(heads_of_service(besides=job.asked_by))
    return tell(told, OPENED_MANY.format(who=job.asked_by))


def tell(told: list[str], sentence: str) -> dict[str, int]:
    if not told:
        raise NobodyTold
    for address in told:
        send_mail(f"{settings.SERVICE_NAME}: records that were opened", sentence, None, [address])
    return {"told": len(told)}


def whom_to_tell(family: int, *, opened_by: User) -> tuple[str, list[str]]:
    """Return what to say and to which addresses; none when there is nobody without a conflict."""
    if told := addresses(reviewers_of(family, besides=opened_by)):
        return SENTENCE, told
    return ESCALATED.format(who=opened_by), addresses(
        without_conflict(heads_of_service(besides=opened_by), family=family)
    )


def addresses(people: list[User]) -> list[str]:
    return [person.email for person in people if person.email]
