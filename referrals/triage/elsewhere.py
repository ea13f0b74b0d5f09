"""The decisions that leave a family with somebody else: signpost it to a service, pass its referral to another team."""

from datetime import date

from django.db import connection, transaction

from referrals.directory.models import Service
from referrals.intake.models import Referral
from referrals.intake.rules import Action, State, WrongAnswer, next_state
from referrals.triage import rules
from referrals.triage.deciding import keep_decision, lock_referral, refuse_if_replied, refuse_if_settled, tell_referrer
from referrals.triage.spite import check_met
from slf.access.models import Locality
from slf.accounts.models import User
from slf.web.errors import Conflict
from slf.work.services import promise

NOT_OFFERED = "This service is not offered to families there today."
ALREADY_THERE = "This referral is with that team already."
NOT_PASSED = "Somebody else has dealt with this referral."


@transaction.atomic
def signpost_referral(
    referral: Referral, *, by: User, on: date, service: Service, message: str = "", seen: int | None = None,
    all_the_same: str = "",
) -> Referral:  # fmt: skip
    """Send the family on to a service of the directory; the referrer is told which, and what was added.

    ``all_the_same``: why, where the service asks for more than the referral says.
    """
    referral = lock_referral(referral, by=by)
    if signposted_already(referral, by=by, service=service, message=message):
        return referral
    refuse_if_settled(referral)
    refuse_if_replied(referral, seen=seen)
    referral.state = next_state(referral.state, Action.SIGNPOST)
    team = referral.arrival.locality
    if not services_for(team, on=on).filter(pk=service.pk).exists():
        raise WrongAnswer(NOT_OFFERED)
    referral.signposted_because = check_met(referral, service, all_the_same=all_the_same, on=on)
    referral.decided_by, referral.decided_on, referral.signposted_to = by, on, service
    referral.message = signposted_message(referral, service=service, message=message)
    keep_decision(referral)
    tell_referrer(referral, by=by)
    return referral


def signposted_already(referral: Referral, *, by: User, service: Service, message: str) -> bool:
    """Tell whether this person sent the family to this service before, with the same words."""
    if referral.state != State.SIGNPOSTED or (referral.decided_by, referral.signposted_to) != (by, service):
        return False
    return referral.message == signposted_message(referral, service=service, message=message)


def signposted_message(referral: Referral, *, service: Service, message: str) -> str:
    """Return what the referrer reads: which service, since when, and what was added."""
    team, on = referral.arrival.locality.name, referral.decided_on
    told = rules.signposted_message(team, service=service.name, offers=service.offers, reached=service.reached, on=on)
    return "\n\n".join(filter(None, (told, message)))


def services_for(locality: Locality, *, on: date):
    """Return what a family of a locality may be signposted to on a day."""
    return Service.objects.offered_on(on).near(locality).for_list()


@transaction.atomic
def pass_on_referral(
    referral: Referral, *, by: User, on: date, to: Locality, why: str, seen: int | None = None
) -> Locality:
    """Hand a referral to the team of another locality; its clock goes on. Whoever passed it on sees it no more."""
    held = lock_referral(referral, by=by)
    refuse_if_settled(held)
    refuse_if_replied(held, seen=seen)
    next_state(held.state, Action.PASS_ON)
    if held.locality_id == to.pk:
        raise Conflict(ALREADY_THERE)
    promise("referrals.tell_passed_on", by=by, referral=held.uid, referrer=held.referred_by_id, to=to.pk)
    with connection.cursor() as cursor:
        cursor.execute("select slf.pass_referral(%s, %s, %s, %s)", [held.pk, to.pk, on, why])
        (passed,) = cursor.fetchone()
    if not passed:
        raise Conflict(NOT_PASSED)
    return to
