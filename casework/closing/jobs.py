"""Telling the people a closing is about, and those who confirm one. No family is named in a mail."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail

from casework.closing import services
from casework.closing.models import Closing
from referrals.allocation.services import to_tell_of
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.work.registry import job

log = logging.getLogger(__name__)
SUBJECT = f"{settings.SERVICE_NAME}: the case of a family"
PROPOSED = "{who} proposes to close the case of a family. Sign in: “My day” shows which one it is."
SAID = {
    "closed": "{who} closed the case of a family that you worked with. Sign in: “My day” shows which one it is.",
    "sent_back": "{who} sent back your proposal to close a case. Sign in: “My day” shows why.",
    "taken_back": "{who} took the closing of a case back: the family is with you as before. See “My families”.",
}
OPEN_AGAIN = "{who} took back the closing of a case that you had proposed to close: the case is open again."
NOTE = (
    "{who} closed the case of a family about which you have a note that was not sent. Your note is kept: sign in, “My "
    "day” shows it under “Unsent notes”. It can still be sent."
)


@job("closing.tell_seniors", title="Telling who decides that a closing is proposed")
def tell_seniors(job, *, closing: int) -> dict[str, int]:
    with job.step():
        found = Closing.objects.for_page().get(pk=closing)
        told = who_confirms(found)
    for address in told:
        send_mail(SUBJECT, PROPOSED.format(who=found.proposed_by), None, [address])
    if not told:
        log.warning("Nobody could be told that closing %s is proposed.", closing)
    return {"told": len(told)}


@job("closing.tell", title="Telling whom a closing is about")
def tell(job, *, closing: int, what: str) -> dict[str, int]:
    """Tell the worker and whoever proposed it; of a case that is closed also the authors of notes not yet sent."""
    with job.step():
        found = Closing.objects.for_page().get(pk=closing)
        about = said_to(found, what)
        notes = addresses(services.authors_of_notes(found.family)) if what == "closed" else []
    who = job.asked_by
    for address, words in [(one, words) for one, words in about.items() if one != who.email]:
        send_mail(SUBJECT, words.format(who=who), None, [address])
    for address in [one for one in notes if one != who.email]:
        send_mail(SUBJECT, NOTE.format(who=who), None, [address])
    return {"told": len(about), "notes": len(notes)}


def said_to(closing: Closing, what: str) -> dict[str, str]:
    """Return the words by address. Whose family it could not be again is not told that it is."""
    given, proposer = closing.allocation, closing.proposed_by
    is_theirs = given is not None and what != "sent_back" and (what != "taken_back" or given.ended_on is None)
    words = OPEN_AGAIN if what == "taken_back" else SAID[what]
    told = dict.fromkeys(addresses([proposer.pk] if proposer else []), words)
    return told | dict.fromkeys(addresses([given.worker_id] if given and is_theirs else []), SAID[what])


def who_confirms(closing: Closing) -> list[str]:
    """Return the addresses of who may close the case; where the family is restricted, of nobody who is not named."""
    scope = closing.family.scope
    if not scope.is_restricted:
        return to_tell_of(scope.locality_id, worker=closing.proposed_by)
    people = User.objects.filter(scopemember__scope=scope).exclude(pk=closing.proposed_by_id).distinct()
    return addresses(person.pk for person in people if rights_of(person).may(Can.CLOSE_CASE, scope.pk))


def addresses(people: Iterable[int]) -> list[str]:
    rows = User.objects.filter(pk__in=set(people), is_active=True).exclude(email="").order_by("pk")
    return list(rows.values_list("email", flat=True))
