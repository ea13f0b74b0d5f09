"""Sending word to the referrer that there is something new on a referral. No family is named in a mail."""

from datetime import date

from django.conf import settings
from django.core.mail import send_mail

from referrals.intake.models import Referral
from referrals.intake.rules import State
from slf.access.rules import Can
from slf.web.words import day_in_words
from slf.work.registry import job

ASKED = (
    "The {team} team asks you something about your referral {reference}. Sign in and open “My referrals” to reply "
    "by {by}. Until then it is not decided."
)
DECIDED = "There is a decision about your referral {reference}. Sign in and open “My referrals” to read it."


@job("referrals.tell_referrer", title="Telling the referrer that there is something new")
def tell_referrer(job, *, referral: str, said: str) -> dict[str, int]:
    """Mail who referred, if they have an address. Sent twice, the reference is the same."""
    with job.step():
        rows = Referral.objects.visible_to(job.asked_by, can=Can.TRIAGE).select_related("locality", "referred_by")
        found = rows.get(uid=referral)
    words, address = in_words(found, said=said), found.referred_by.email
    if not words or not address:
        return {"told": 0}
    send_mail(f"{settings.SERVICE_NAME}: referral {found.reference}", words, None, [address])
    return {"told": 1}


def in_words(referral: Referral, *, said: str) -> str:
    """Return the mail; nothing where the reply was quicker than the mail."""
    if said != State.ASKED:
        return DECIDED.format(reference=referral.reference)
    by: date | None = referral.reply_by
    if by is None:
        return ""
    return ASKED.format(team=referral.locality, reference=referral.reference, by=day_in_words(by))
