"""A family's own referral, sent as its page sends it."""

from datetime import date, time

from django.db import transaction

from referrals.intake.models import Referral
from referrals.intake.rules import PersonAnswer
from referrals.ourselves.rules import Reach
from referrals.ourselves.services import refer_ourselves
from slf.access.acting import acting_as
from tests.referrals.intake.factories import SENT_ON

DONNA = PersonAnswer("Donna", "Tansley", "parent", date(1984, 10, 15), born_estimated=True)
KYLE = PersonAnswer("Kyle", "Tansley", "child", date(2006, 10, 15), born_estimated=True)
REACH = Reach("01509 496044", may_ring=True, days=(0, 2), after=time(9, 30), before=time(14, 30))
PAGES = {
    "danger": {"in_danger": "no"},
    "you": {"given_names": "Donna", "family_name": "Tansley", "age": "30", "part": "parent"},
    "reach": {
        "phone": "01509 496044", "may_ring": "yes", "may_text": "no", "may_leave_message": "no", "days": ["0", "2"],
        "after": "9:30", "before": "14:30",
    },
    "household": {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-given_names": "Kyle", "form-0-age": "8",
        "form-0-part": "child",
    },
    "home": {"postcode": "le112ab"},
    "help-with": {"needs": ["poverty", "parenting"], "words": "The rent eats everything."},
    "agree": {"agrees": "on"},
}  # fmt: skip


def send_own(*, on=SENT_ON, sender=DONNA, others=(KYLE,), reach=REACH, postcode="LE11 2AB", **more) -> str:
    """Send it as nobody, and return the reference."""
    said = {"address": "", "district": "", "needs": ["poverty", "parenting"], "words": "The rent eats everything."}
    said |= {"told_to_ring_at": None} | more
    with acting_as(None), transaction.atomic():
        return refer_ourselves(sender=sender, others=list(others), reach=reach, postcode=postcode, on=on, **said)


def own_referral(**more) -> Referral:
    """Send one and return it as its team sees it: asked in the name of whoever acts in the test."""
    reference = send_own(**more)
    return next(one for one in Referral.objects.filter(own__isnull=False).for_page() if one.reference == reference)
