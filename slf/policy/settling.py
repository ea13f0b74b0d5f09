"""How what somebody proposed is settled: whoever confirms is a second person, and what counts is not taken back."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from slf.accounts.models import User
from slf.policy.proposed import Proposed
from slf.web.errors import NotAllowed, NotForYou

OWN = "You proposed this yourself. It takes a second person to confirm it."
TAKEN_BACK = "This was taken back before anybody confirmed it. Propose it again."
COUNTS = "This was confirmed and counts. Propose another value in its place."
Row = TypeVar("Row", bound=Proposed)


def lock(row: Row) -> Row:
    held: Row = type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    return held


def held_to_confirm(row: Row, *, by: User) -> Row:
    """Lock a row for a second person; it may be confirmed already. Refuses who proposed it, and what was taken back."""
    row = lock(row)
    if row.proposed_by_id == by.pk:
        raise NotForYou(OWN)
    if row.taken_back_by_id is not None:
        raise NotAllowed(TAKEN_BACK)
    return row


@transaction.atomic
def take_back(row: Row, *, by: User) -> Row:
    """Take back a proposal that nobody confirmed. Safe twice."""
    row = lock(row)
    if row.confirmed_by_id is not None:
        raise NotAllowed(COUNTS)
    if row.is_waiting:
        row.taken_back_by, row.taken_back_at = by, timezone.now()
        row.save(update_fields=["taken_back_by", "taken_back_at"])
    return row
