"""Sending word to the referrer that there is something new on a referral. No family is named in a mail."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.timezone import localdate

from families.people.models import Family
from referrals.intake.rules import reference_of
from slf.access.models import Locality, Post
from slf.access.rules import Role
from slf.accounts.models import User
from slf.web.words import day_in_words
from slf.work.registry import job

ASKED = (
    "The {team} team asks you something about your referral {reference}. Sign in and open “My referrals” to reply "
    "by {by}. Until then it is not decided."
)
DECIDED = "There is a decision about your referral {reference}. Sign in and open “My referrals” to read it."


@job("referrals.tell_referrer", title="Telling the referrer that there is something new")
def tell_referrer(job, *, referral: str, referrer: int, team: int, reply_by: str | None) -> dict[str, int]:
    """Mail who referred: more is asked and a reply is due by a day, or there is a decision.

    Whoever decided may see the referral no more when the mail goes, so it is made of what the promise says.
    """
    with job.step():
        asking = Locality.objects.get(pk=team)
        address = User.objects.get(pk=referrer).email
    reference = reference_of(UUID(referral))
    words = DECIDED.format(reference=reference)
    if reply_by:
        words = ASKED.format(team=asking, reference=reference, by=day_in_words(date.fromisoformat(reply_by)))
    return send(words, reference=reference, address=address)


PASSED_ON = "Your referral {reference} is with the {team} team now, which decides about it."


@job("referrals.tell_passed_on", title="Telling the referrer which team has the referral")
def tell_passed_on(job, *, referral: str, referrer: int, to: int) -> dict[str, int]:
    """Mail who referred. Whoever passed it on sees it no more, so the mail is made of what the promise says."""
    with job.step():
        address, team = User.objects.get(pk=referrer).email, Locality.objects.get(pk=to)
    reference = reference_of(UUID(referral))
    return send(PASSED_ON.format(reference=reference, team=team), reference=reference, address=address)


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


def send(words: str, *, reference: str, address: str) -> dict[str, int]:
    """Mail who referred, if they have an address. Sent twice, the reference is the same."""
    if not address:
        return {"told": 0}
    send_mail(f"{settings.SERVICE_NAME}: referral {reference}", words, None, [address])
    return {"told": 1}
