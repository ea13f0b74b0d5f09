"""The verbs of reports on schedule: set one, end one, and promise what is due."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from performance.reports import services
from performance.reports.asking import READERS, Kind, may_ask
from performance.reports.kinds import KINDS
from performance.reports.models import ReportSchedule
from performance.reports.rules.due import last_due
from performance.reports.sql import KEEP
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.access.rights import rights_of
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotAllowed, NotForYou
from slf.work.models import Job

ALREADY = "There is a schedule for this report and this reader already."


@transaction.atomic
def set_schedule(
    kind: Kind, *, locality: Locality | None, every: str, day: int, reader: User, by: User
) -> ReportSchedule:
    """Have a report made every month or quarter; refused where its reader, or whoever sets it, may not see it."""
    if not (rights_of(by).may(KEEP) and may_ask(by, kind, locality)):
        raise NotForYou(services.NOT_YOURS)
    if not (may_ask(reader, kind, locality) and READERS & {role for role, _ in rights_of(reader).reaches}):
        message = f"{reader} may not see this report, so it cannot wait for them."
        raise NotAllowed(message)
    try:
        with transaction.atomic():
            return ReportSchedule.objects.create(
                kind=kind.code, locality=locality, every=every, day=day, reader=reader, set_by=by, set_on=today()
            )
    except IntegrityError as twice:
        raise NotAllowed(ALREADY) from twice


@transaction.atomic
def end_schedule(schedule: ReportSchedule, *, by: User) -> ReportSchedule:
    """End a schedule; what it made is kept. Safe twice."""
    if not rights_of(by).may(KEEP):
        raise NotForYou(services.NOT_YOURS)
    held: ReportSchedule = ReportSchedule.objects.select_for_update(of=("self",), no_key=True).get(pk=schedule.pk)
    if held.ended_at is None:
        held.ended_by, held.ended_at = by, timezone.now()
        held.save(update_fields=["ended_by", "ended_at"])
    return held


def promise_due(on: date | None = None) -> int:
    """Promise every report that is due and was not promised yet; return how many were now."""
    on = on or today()
    rows = list(ReportSchedule.objects.in_force().select_related("locality", "set_by").order_by("pk"))
    return sum(promise_one(row, on=on) for row in rows)


def promise_one(row: ReportSchedule, *, on: date) -> bool:
    """Promise what is due of one schedule in the name of whoever set it, once, as long as they may see it."""
    kind, due = KINDS[row.kind], last_due(row.every, row.day, today=on)
    once = f"{row.uid}:{due.on.isoformat()}"
    if due.on < row.set_on or not row.set_by.is_active:
        return False
    with acting_as(row.set_by), transaction.atomic():
        promised = Job.objects.asked_by(row.set_by).filter(
            kind=services.MAKE, once_key=once
        )  # not a door: of their own
        if promised.exists() or not still_may(row):
            return False
        services.ask_for(
            kind,
            locality=row.locality,
            since=due.since,
            until=due.until,
            by=row.set_by,
            once=once,
            reader=row.reader_id,
        )
        return True


def still_may(row: ReportSchedule) -> bool:
    """Tell whether whoever set a schedule may still have the report made."""
    return rights_of(row.set_by).may(KEEP) and may_ask(row.set_by, KINDS[row.kind], row.locality)


def stopped(rows: list[ReportSchedule]) -> set[int]:
    """Return the schedules that make nothing any more, because whoever set them may not see the report."""
    return {row.pk for row in rows if not (row.set_by.is_active and still_may(row))}
