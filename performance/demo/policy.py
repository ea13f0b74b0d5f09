"""Settings two people have agreed on, and one that waits for the second."""

from datetime import date

from referrals.allocation.rules import MIXED
from referrals.intake.rules import REPLY_WITHIN
from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.policy.services import confirm, propose

PAPER = "Caseloads, paper to the programme board (made up), kept with the board's minutes"
MINUTES = "Locality managers' meeting, item 4 (made up), kept by business support"


def make_settings(admin: User, head: User, *, today: date) -> None:
    with acting_as(admin):
        row = propose(MIXED, by=admin, value=10, starts_on=today, document=PAPER)
    with acting_as(head):
        confirm(row, by=head)
    with acting_as(admin):
        propose(REPLY_WITHIN, by=admin, value=3, starts_on=today, document=MINUTES)
