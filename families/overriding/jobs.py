"""Telling the locality's manager that something left out was shown all the same. No family is named in a mail."""

from django.conf import settings
from django.core.mail import send_mail

from families.opening.jobs import NobodyTold, addresses
from families.opening.services import heads_of_service, managers_of
from families.people.models import Family
from slf.work.registry import job

SENTENCE = (
    "{who} showed something of a family's record that is left out today, to one person and with a reason. Sign in and "
    "open “Shown all the same, to review” to see what and why."
)


@job("sharing.tell_of_override", title="Telling the manager what was shown all the same")
def tell_of_override(job, *, family: int) -> dict[str, int]:
    """Mail the managers of the locality besides who gave it; else the head of service."""
    with job.step():
        found = Family.objects.select_related("scope").get(pk=family)
        told = addresses(managers_of(found, besides=job.asked_by))
        told = told or addresses(heads_of_service(besides=job.asked_by))
    if not told:
        raise NobodyTold
    for address in told:
        send_mail(f"{settings.SERVICE_NAME}: shown all the same", SENTENCE.format(who=job.asked_by), None, [address])
    return {"told": len(told)}
