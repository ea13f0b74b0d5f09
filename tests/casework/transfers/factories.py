from datetime import date

from django.db import transaction

from casework.transfers.models import Arrival
from casework.transfers.services import propose_transfer
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.accounts.models import User

TODAY = date(2014, 10, 15)
MOVED = date(2014, 10, 1)
SAID = {
    "moves_on": MOVED, "reason": "They have a flat in Melton", "must_know": "Ring before you visit",
    "keep_days": 0,
}  # fmt: skip


def offered(family, *, by=None, to="melton", **said):
    """Return what the other locality is told of a family that is offered to it."""
    by = by or User.objects.get(username="everything")
    with acting_as(by), transaction.atomic():
        transfer = propose_transfer(family, to=Locality.objects.get(slug=to), by=by, on=TODAY, **{**SAID, **said})
    with acting_as(User.objects.get(username="everything")), transaction.atomic():
        return Arrival.objects.get(transfer=transfer)
