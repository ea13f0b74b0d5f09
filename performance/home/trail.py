"""The trail of claims when it did not hold, or was not verified for days: one question."""

from datetime import date

from django.urls import reverse

from performance.home.panels import Part, Tile
from performance.trail.services import alarm
from slf.accounts.models import User

FAILED, STALE = "The trail of claims does not hold", "The trail of claims was not verified for days"


def part(user: User, on: date) -> Part:
    """Say so to internal audit, and to whoever keeps the service."""
    if (found := alarm()) is None:
        return Part()
    _, failed = found
    label = FAILED if failed else STALE
    return Part(tiles=(Tile(label, "Look", reverse("performance:trail"), tone="late"),))
