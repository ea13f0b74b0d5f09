"""The verbs of monitoring: work it out, by night or for one family now; say that what went back was read."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from families.people.models import Family
from performance.identification.services import night_account
from performance.monitoring.models import Monitored
from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.clock import LONDON
from slf.work.models import Job
from slf.work.services import promise

ALL, ONE = "monitoring.all", "monitoring.one"


def work_out_by_night(moment: datetime | None = None) -> Job:
    """Promise to work out every attached family, once a night."""
    day = (moment or timezone.localtime(timezone=LONDON)).date()
    by = night_account()
    with acting_as(by), transaction.atomic():
        return promise(ALL, by=by, once=day.isoformat())


def work_out_now(family: Family) -> Job:
    """Promise to work out one family anew. The night's account does it: it takes files that no worker reads."""
    by = night_account()
    with acting_as(by), transaction.atomic():
        return promise(ONE, by=by, family=family.pk, once=f"{family.pk}:{timezone.now():%Y-%m-%dT%H:%M}")


@transaction.atomic
def read(row: Monitored, *, by: User, on: date) -> Monitored:
    """Say that what went back was read, once: it then waits for nobody any more. Safe twice."""
    held: Monitored = Monitored.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if held.went_back and not held.is_read:
        held.read_by, held.read_on = by, on
        held.save(update_fields=["read_by", "read_on"])
    return held


def to_read(user: User) -> list[Monitored]:
    """Return what went back in the families a worker holds and nobody has read: one question."""
    rows = Monitored.objects.visible_to(user).to_read().select_related("family")
    return list(rows.order_by("-went_back_on", "family__name"))
