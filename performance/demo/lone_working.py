"""Who answers alarms in the made-up county, and a colleague who is out until the evening."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from casework.lone_working.rules import Going, Rank
from casework.lone_working.services import give_turn, go_out
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.accounts.models import User


def send_somebody_out(accounts: dict[str, User]) -> None:
    """Put the senior on the roster of Charnwood, with the manager as deputy, for a month; let a worker be out."""
    manager, senior, place = accounts["manager.charnwood"], accounts["senior.charnwood"], charnwood()
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    with acting_as(manager), transaction.atomic():
        for user, rank in ((senior, Rank.FIRST), (manager, Rank.DEPUTY)):
            give_turn(user, locality=place, rank=rank, starts=now, ends=now + timedelta(days=31), by=manager)
    with acting_as(accounts["fsw2.charnwood"]), transaction.atomic():
        going = Going("12 Church Gate, Loughborough, LE11 1UD", "07700 900123", now + timedelta(hours=3))
        go_out(going, locality=place, by=accounts["fsw2.charnwood"])


def charnwood() -> Locality:
    return Locality.objects.get(slug="charnwood")
