"""Sending word to the referrer that there is something new on a referral. No family is named in a mail."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.timezone import localdate

from families.people.models import Family
from referrals.intake.models import Referral
from referrals.intake.rules import State, reference_of
from slf.access.models import Locality, Post
from slf.access.rules import Can, Role
from slf.accounts.models import User
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


PASSED_ON = "Your referral {reference} is with the {team} team now, which decides about it."


@job("referrals.tell_passed_on", title="Telling the referrer which team has the referral")
def tell_passed_on(job, *, referral: str, referrer: int, to: int) -> dict[str, int]:
    """Mail who referred. Whoever passed it on sees it no more, so the mail is made of what the promise says."""
    with job.step():
        address, team = User.objects.get(pk=referrer).email, Locality.objects.get(pk=to)
    if not address:
        return {"told": 0}
    reference = reference_of(UUID(referral))
    words = PASSED_ON.format(reference=reference, team=team)
    send_mail(f"{settings.SERVICE_NAME}: referral {reference}", words, None, [address])
    return {"told": 1}


SENT_TO_PROVIDER = (
    "The {team} team has sent a family to you, {reference}, with its agreement. Sign in and open “Families” to read "
    "its record."
)


@job("referrals.tell_provider", title="Telling the ESF provider of a family")
def tell_provider(job, *, family: int) -> dict[str, int]:
    """Mail those who hold the provider's post in the family's locality."""
    with job.step():
        found = Family.objects.visible_to(job.asked_by).select_related("scope__locality").get(pk=family)
        posts = Post.objects.filter(role=Role.ESF, locality=found.scope.locality, period__contains=localdate())
        people = User.objects.filter(pk__in=posts.values("user"), is_active=True, is_service=False).exclude(email="")
        told = list(people.order_by("pk").values_list("email", flat=True))
    words = SENT_TO_PROVIDER.format(team=found.scope.locality, reference=found.reference)
    for address in told:
        send_mail(f"{settings.SERVICE_NAME}: a family for you", words, None, [address])
    return {"told": len(told)}


def in_words(referral: Referral, *, said: str) -> str:
    """Return the mail; nothing where the reply was quicker than the mail."""
    if said != State.ASKED:
        return DECIDED.format(reference=referral.reference)
    by: date | None = referral.reply_by
    if by is None:
        return ""
    return ASKED.format(team=referral.locality, reference=referral.reference, by=day_in_words(by))
