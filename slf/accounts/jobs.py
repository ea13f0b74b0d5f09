"""Telling of a sign-in that was reset: the person, with the way back in, and the head of service."""

import logging
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail

from slf.accounts import services
from slf.work.registry import job

log = logging.getLogger(__name__)
TO_THE_PERSON = (
    "Your password and second steps for signing in were reset by {by}, and you were signed out everywhere.\n\n"
    "Choose a new password here within a day:\n{link}\n\n"
    "If you did not ask for this, tell your head of service at once and do not use the link."
)
TO_THE_HEAD = (
    "The password and second steps of {user} were reset by {by}. A link to choose a new password went to {user}'s own "
    "address. If you did not expect this, ask both."
)


@job("accounts.tell_of_reset", title="Telling of a sign-in that was reset")
def tell_of_reset(job, *, reset: int, site: str) -> dict[str, int]:
    """Send the way back in to the person alone; the head of service hears that it happened."""
    with job.step():
        kept = services.reset_of(reset)
        heads = services.heads_to_tell(kept)
        link = urljoin(site, services.way_back_in(kept.user))
    subject = f"{settings.SERVICE_NAME}: a sign-in was reset"
    send_mail(subject, TO_THE_PERSON.format(by=kept.by, link=link), None, [kept.user.email])
    for head in heads:
        send_mail(subject, TO_THE_HEAD.format(by=kept.by, user=kept.user), None, [head])
    if not heads:
        log.warning("No head of service could be told that the sign-in of account %s was reset.", kept.user_id)
    return {"told": 1 + len(heads)}
