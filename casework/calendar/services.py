"""Making a secret address, taking it back, and what a calendar is given at it."""

from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from casework.calendar import rules
from casework.calendar.models import CalendarFeed
from casework.calendar.rules import Occasion
from casework.diary.models import PlannedVisit
from slf.accounts.models import User


@transaction.atomic
def make_address(*, by: User) -> str:
    """Return a new secret address, the only time that it is known. The one before counts no more."""
    secret = rules.new_secret()
    revoke_address(by=by)
    CalendarFeed.objects.create(user=by, digest=rules.digest_of(secret))
    return secret


@transaction.atomic
def revoke_address(*, by: User) -> None:
    """Take one's address back. Safe twice."""
    CalendarFeed.objects.filter(user=by, revoked_at=None).update(revoked_at=timezone.now())


def address_of(user: User) -> CalendarFeed | None:
    found: CalendarFeed | None = CalendarFeed.objects.filter(user=user, revoked_at=None).first()
    return found


def owner_of(secret: str) -> User | None:
    """Return whose calendar asks, if the address counts."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.owner_of_feed(%s)", [rules.digest_of(secret)])
        (found,) = cursor.fetchone()
    owner: User | None = User.objects.filter(pk=found).first() if found else None
    return owner


def calendar_for(user: User, *, on: date, site: str) -> str:
    """Return the visits that somebody goes to, some days behind and some weeks ahead."""
    rows = PlannedVisit.objects.visible_to(user).open().of_worker(user, on=on)
    rows = rows.filter(due_on__gte=on - rules.BEHIND, due_on__lte=on + rules.AHEAD).soonest_first()
    occasions = [
        Occasion(
            str(row.uid), row.get_kind_display(), row.due_on, row.due_at, row.minutes, row.changed_at,
            urljoin(site, row.get_absolute_url()),
        )
        for row in rows
    ]  # fmt: skip
    host = site.partition("//")[2].strip("/")
    return rules.calendar_of(occasions, host=host, name=f"{settings.SERVICE_NAME}: visits")
