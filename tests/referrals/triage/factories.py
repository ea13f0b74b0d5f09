"""What tests of triage do again and again: accept a referral, look at it, read its receipt."""

from dataclasses import replace
from datetime import date

from referrals.intake.models import Receipt, Referral
from referrals.triage import services
from slf.access.rules import Can
from tests.referrals.intake.factories import in_the_name_of

ON = date(2014, 10, 16)


def accept(referral, by, **how):
    with in_the_name_of(by):
        return services.accept_referral(referral, by=by, on=ON, **how)


def look(referral, by):
    with in_the_name_of(by):
        return Referral.objects.visible_to(by, can=Can.TRIAGE).for_page().get(pk=referral.pk)


def receipt_of(referral, school):
    with in_the_name_of(school):
        return Receipt.objects.visible_to(school).get(uid=referral.uid)


def twins_of(people):
    """Return a household with other first names and no identifiers."""
    return tuple(replace(p, given_names=f"{p.given_names}a", upn="", ni_number="") for p in people)
