"""Telling the other of the two that a supervision waits for their signature. Nobody is named but who signed."""

from django.conf import settings
from django.core.mail import send_mail

from casework.supervision.models import SupervisionPart
from slf.work.registry import job

SUBJECT = f"{settings.SERVICE_NAME}: a supervision to sign"
WORDS = "{who} signed a supervision with you. Read it and sign it: “My day” leads to it."


@job("supervision.tell", title="Telling that a supervision waits to be signed")
def tell(job, *, part: int) -> dict[str, int]:
    with job.step():
        found = SupervisionPart.objects.visible_to(job.asked_by).for_page().get(pk=part)
        both = (found.supervision.supervisor, found.worker)
        told = [one.email for one in both if found.waits_for(one) and one != job.asked_by and one.email]
    for address in told:
        send_mail(SUBJECT, WORDS.format(who=job.asked_by), None, [address])
    return {"told": len(told)}
