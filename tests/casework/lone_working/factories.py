"""People who are out, made the short way, and time that passes."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from casework.lone_working import services
from casework.lone_working.models import Outing
from casework.lone_working.rules import Going, Rank
from slf.access.acting import acting_as
from slf.access.rights import forget_rights

PLACE, PHONE = "12 Church Gate, Loughborough, LE11 1UD", "07700 900123"


def by(user):
    """Act as somebody, with the rights they have now."""
    if user is not None:
        forget_rights(user)
    return acting_as(user)


def out(user, locality, *, hours: int = 1) -> Outing:
    """Let somebody go out and want to be back in some hours."""
    going = Going(PLACE, PHONE, timezone.now() + timedelta(hours=hours), "SLF-000123")
    with by(user), transaction.atomic():
        return services.go_out(going, locality=locality, by=user)


def pass_by(outing: Outing, **time: int) -> None:
    """Let time pass for one row: everything of it lies further back. As nobody but the tables' owner may."""
    back = timedelta(**time)
    with connection.cursor() as cursor:
        cursor.execute("select slf.let_time_pass(%s, %s)", [str(outing.uid), back])


def turn(user, locality, given_by, *, rank=Rank.FIRST):
    now = timezone.now()
    with by(given_by), transaction.atomic():
        return services.give_turn(
            user, locality=locality, rank=rank, starts=now - timedelta(hours=1), ends=now + timedelta(hours=8),
            by=given_by,
        )  # fmt: skip
