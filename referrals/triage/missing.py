"""What was missing from referrals: when they were first to be sent, and when a team asked for more. By page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from referrals.enquiries.rules import SUBJECTS
from referrals.intake.models import Referral
from slf.access.rules import Can
from slf.accounts.models import User


@dataclass(frozen=True)
class WhatWasMissing:
    """``rows`` say of each page of the form how many referrals lacked something there at first, and came back."""

    sent: int
    incomplete: int
    came_back: int
    rows: Sequence[tuple[str, int, int]]


def what_was_missing(user: User, *, since: date, until: date) -> WhatWasMissing:
    """Count referrals sent in a period to the localities this person decides in. Two queries, however many."""
    sent = Referral.objects.visible_to(user, can=Can.TRIAGE).filter(sent_on__range=(since, until))
    first = list(sent.values_list("first_missing", flat=True))
    lacking = Counter(section for sections in first for section in sections)
    asked = sent.filter(enquiries__isnull=False).order_by()
    back = dict(asked.values_list("enquiries__about").annotate(n=Count("pk", distinct=True)))
    return WhatWasMissing(
        sent=len(first),
        incomplete=sum(map(bool, first)),
        came_back=asked.distinct().count(),
        rows=[(label, lacking[about], back.get(about, 0)) for about, label in SUBJECTS.items()],
    )
