"""Telling somebody without a conflict that a record was opened in an emergency. No family is named in a mail."""

from django.conf import settings
from django.core.mail import send_mail

from families.opening.services import reviewers_of
from slf.work.registry import job

SENTENCE = (
    "Emergency access to a family's record was used. Sign in and open “Emergency access to review” to see who, "
    "when and why."
)


@job("access.tell_reviewers", title="Telling those who review emergency access")
def tell_reviewers(job, *, family: int) -> dict[str, int]:
    """Mail everyone who reviews access to this family, except the person who opened it."""
    with job.step():
        told = [user.email for user in reviewers_of(family, besides=job.asked_by) if user.email]
    for address in told:
        send_mail(f"{settings.SERVICE_NAME}: emergency access", SENTENCE, None, [address])
    return {"told": len(told)}
