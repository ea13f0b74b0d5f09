"""Telling those who decide that somebody knows a family. No family is named in a mail, and not how they know it."""

import logging

from django.conf import settings
from django.core.mail import send_mail

from families.interests import services
from families.people.models import Family
from slf.accounts.models import User
from slf.work.registry import job

log = logging.getLogger(__name__)
WORKS = (
    "{who} works with a family and has declared that they know it. The family needs another worker. Sign in: “My day” "
    "shows which family it is."
)
DECIDES = (
    "{who} decides about a family and has declared that they know it. Somebody else decides about it from now on. "
    "Sign in: “My day” shows which family it is."
)


@job("interests.tell", title="Telling who decides that somebody knows a family")
def tell(job, *, family: int, about: int, works: bool) -> dict[str, int]:
    with job.step():
        known, who = Family.objects.select_related("scope").get(pk=family), User.objects.get(pk=about)
        people = services.who_decide(known, besides={about, job.asked_by.pk})
        told = [person.email for person in people if person.email]
    for address in told:
        said = (WORKS if works else DECIDES).format(who=who)
        send_mail(f"{settings.SERVICE_NAME}: somebody knows a family", said, None, [address])
    if not told:
        log.warning("Nobody could be told of the conflict of interest of account %s.", about)
    return {"told": len(told)}
