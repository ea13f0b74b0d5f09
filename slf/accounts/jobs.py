"""Telling of a sign-in that was reset: the person, with the way back in, and the head of service; sessions cleared."""

import logging
from importlib import import_module
from urllib.parse import urljoin

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from slf.accounts import making, services
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


TO_WHO_STARTS = (
    "{by} made an account for you, with the user name {username}.\n\n"
    "Choose a password here within a day:\n{link}\n\n"
    "If you did not expect this, do not use the link."
)
OF_THE_ADDRESS = (
    "The mail address by which {user} is reached was changed from {before} to {after} by {by}. If you did not expect "
    "this, tell your head of service at once."
)


@job("accounts.tell_of_account", title="Sending the first link to somebody who starts")
def tell_of_account(job, *, change: int, site: str) -> dict[str, int]:
    """Send the way in to the person alone."""
    with job.step():
        made = making.change_of(change)
        link = urljoin(site, services.way_back_in(made.user))
    said = TO_WHO_STARTS.format(by=made.by, username=made.user.username, link=link)
    send_mail(f"{settings.SERVICE_NAME}: your account", said, None, [made.user.email])
    return {"told": 1}


@job("accounts.tell_of_address", title="Telling of a mail address that was changed")
def tell_of_address(job, *, change: int) -> dict[str, int]:
    """Tell the old address and the new one, and the heads of service."""
    with job.step():
        changed = making.change_of(change)
        told = [changed.before, changed.after, *services.heads_to_tell(changed)]
    said = OF_THE_ADDRESS.format(user=changed.user, before=changed.before or "none", after=changed.after, by=changed.by)
    told = [address for address in dict.fromkeys(told) if address]
    for address in told:
        send_mail(f"{settings.SERVICE_NAME}: a mail address was changed", said, None, [address])
    return {"told": len(told)}


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


@shared_task(name="slf.accounts.clear_sessions")  # type: ignore[untyped-decorator]  # Celery has no types
def clear_sessions() -> None:
    """Take away the rows of sessions that are over, and with them what was typed and lies sealed in them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
