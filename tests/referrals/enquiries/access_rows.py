"""Replying: theirs who referred, and nobody else's. Asking: those who decide; ``tests/referrals/triage``."""

from datetime import date

from referrals.intake.models import Receipt
from referrals.triage.asking import ask_referrer
from slf.accounts.models import User
from tests.referrals.intake.access_rows import OWNERS, of_receipt, theirs
from tests.referrals.intake.factories import again_as, in_the_name_of


def of_asked(family):
    kwargs = of_receipt(family)
    everything = User.objects.get(username="everything")
    with in_the_name_of(everything):
        referral = again_as(everything, kwargs["uid"])
        ask_referrer(referral, by=everything, on=date(2014, 10, 15), questions={"home": "Which flat?"})
    return kwargs


def replies(kwargs):
    """Reply to every question: the page names each field by its uid, a program gives a list."""
    with in_the_name_of(OWNERS[kwargs["uid"]]):
        asked = Receipt.objects.get(uid=kwargs["uid"]).open_enquiries
    return [one["uid"] for one in asked]


def on_the_page(kwargs):
    return dict.fromkeys(replies(kwargs), "Flat 2.")


def by_program(kwargs):
    return {"replies": [{"uid": uid, "reply": "Flat 2."} for uid in replies(kwargs)]}


ROWS = [
    theirs("referrals:reply", of_asked, post=302, bodies=on_the_page),
    theirs("api-receipt-reply", of_asked, get=0, post=200, bodies=by_program),
]
