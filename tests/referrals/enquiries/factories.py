"""Questions asked of a referrer, and their replies, through the services."""

from datetime import date

from referrals.enquiries.services import reply_to_team
from referrals.intake.models import Receipt
from referrals.triage.asking import ask_referrer
from tests.referrals.intake.factories import again_as, in_the_name_of

ASKED_ON = date(2014, 10, 16)  # a Thursday
QUESTIONS = {"home": "Which flat is it?", "needs": "Since when is Jake not in school?"}


def ask(referral, by, *, questions=QUESTIONS, on=ASKED_ON, **how):
    with in_the_name_of(by):
        return ask_referrer(again_as(by, referral.uid), by=by, on=on, questions=questions, **how)


def receipt_of(referral, referrer):
    with in_the_name_of(referrer):
        return Receipt.objects.visible_to(referrer).get(uid=referral.uid)


def replies_to(receipt, words="Flat 2."):
    return {one["uid"]: words for one in receipt.open_enquiries}


def reply(referral, referrer, *, on=ASKED_ON, replies=None):
    receipt = receipt_of(referral, referrer)
    with in_the_name_of(referrer):
        return reply_to_team(receipt, by=referrer, on=on, replies=replies or replies_to(receipt))
