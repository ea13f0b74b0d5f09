"""Telling who works with a family that somebody's own page is locked. No family is named in a mail."""

import logging

from django.conf import settings
from django.core.mail import send_mail

from casework.own_page.models import OwnPage
from referrals.allocation.services import present_allocation
from slf.accounts.models import User
from slf.clock import today
from slf.work.registry import job

log = logging.getLogger(__name__)
SUBJECT = f"{settings.SERVICE_NAME}: an own page is locked"
LOCKED = (
    "Too many wrong PINs were typed on a page of the plan that you handed over. It opens no more. Sign in: “My day” "
    "shows which one it is. Ask the person, when they are alone, whether it was they, before you make a new link."
)


@job("own_page.tell_locked", title="Telling that an own page is locked")
def tell_locked(job, *, page: int) -> dict[str, int]:
    with job.step():
        found = OwnPage.objects.select_related("family").filter(pk=page).first()
        given = found and present_allocation(found.family.shown, on=today())
        people = {job.asked_by_id, *([given.worker_id] if given else [])}
        rows = User.objects.filter(pk__in=people, is_active=True).exclude(email="").order_by("pk")
        told = list(rows.values_list("email", flat=True))
    for address in told:
        send_mail(SUBJECT, LOCKED, None, [address])
    if not told:
        log.warning("Nobody could be told that an own page is locked.")
    return {"told": len(told)}
