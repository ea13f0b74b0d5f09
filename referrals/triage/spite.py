"""Families that were sent on to a service although it asks for more than is known of them."""

from collections.abc import Sequence
from datetime import date

from families.people.rules import age_on
from referrals.directory.meeting import is_a_reason, known_of, missed_of, warning_of
from referrals.directory.models import Service
from referrals.directory.rules import Known
from referrals.intake.models import Referral
from referrals.intake.rules import WrongAnswer
from slf.accounts.models import User

SHOWN = 50


def known_of_referral(referral: Referral, *, on: date) -> Known:
    """Return what a referral says of what services ask for: its different needs, and everybody's age."""
    ages = [age_on(one.born_on, on) for one in referral.people.all() if one.born_on]
    return known_of(len({need.kind for need in referral.needs.all()}), ages=ages, on=on)


def check_met(referral: Referral, service: Service, *, all_the_same: str, on: date) -> str:
    """Return why the family is sent on all the same, where it has to be said; refuse it without a reason."""
    known = known_of_referral(referral, on=on)
    if not missed_of(service, known):
        return ""
    if not is_a_reason(all_the_same, on=on):
        raise WrongAnswer(warning_of(service, known))
    return all_the_same


def in_spite(user: User, *, locality: str = "") -> Sequence[Referral]:
    """Return the referrals that were signposted all the same, the latest first: what commissioning asks after."""
    rows = Referral.objects.visible_to(user).exclude(signposted_because="").select_related("signposted_to", "locality")
    rows = rows.filter(locality__slug=locality) if locality else rows
    found: Sequence[Referral] = list(rows.order_by("-decided_on", "-pk")[:SHOWN])
    return found
