"""Settings two people have agreed on, and one that waits for the second."""

from datetime import date

from referrals.allocation.rules import MIXED
from referrals.intake.rules import REPLY_WITHIN
from slf.accounts.models import User
from slf.policy.services import confirm, propose

PAPER = "Caseloads, paper to the programme board (made up), kept with the board's minutes"
MINUTES = "Locality managers' meeting, item 4 (made up), kept by business support"


def make_settings(admin: User, head: User, *, today: date) -> None:
    confirm(propose(MIXED, by=admin, value=10, starts_on=today, document=PAPER), by=head)
    propose(REPLY_WITHIN, by=admin, value=3, starts_on=today, document=MINUTES)
