"""Where a family came from: one line of its referral, for those who work with it and may not open the referral."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from families.people.models import Family
from slf.accounts.models import User


@dataclass(frozen=True)
class Origin:
    uid: UUID
    agency: str
    sent_on: date
    decided_on: date | None
    decided_by: User | None


def origins_of(family: Family) -> list[Origin]:
    """Return the referrals a family came from, the first one first."""
    with connection.cursor() as cursor:
        cursor.execute("select uid, agency, sent_on, decided_on, decided_by_id from slf.origins_of(%s)", [family.pk])
        rows = cursor.fetchall()
    people = User.objects.in_bulk([decided_by for *_, decided_by in rows if decided_by])
    return [Origin(*told, people.get(decided_by)) for *told, decided_by in rows]
