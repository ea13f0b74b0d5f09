"""The verbs of reports: ask for one, make it once, say that one has read it."""

from datetime import date
from typing import Any

from django.db import transaction

from performance.pbr.rules import ENGINE
from performance.reports.asking import Asked, Kind, may_ask
from performance.reports.kinds import KINDS, RETURN
from performance.reports.models import KeptReport, ReportReading, ReturnReference
from performance.reports.rules import as_content, canonical, digest_of
from performance.reports.settings import LEAST
from slf.access.models import Locality
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import value_of
from slf.web.errors import NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import promise

MAKE = "reports.make"
NOT_YOURS = "This report tells of more than you may see."


@transaction.atomic
def ask_for(kind: Kind, *, locality: Locality | None, since: date, until: date, by: User, **more: Any) -> Job:
    """Promise a report of some days as they are known today; ``once`` and ``reader`` are those of a schedule."""
    if not may_ask(by, kind, locality):
        raise NotForYou(NOT_YOURS)
    on = today()
    if kind.of_a_day:
        since = until = on
    if not since <= until <= on:
        message = "A report is of days that are over: from one day to a later one, today at the latest."
        raise NotAllowed(message)
    place = locality.slug if locality else None
    return promise(MAKE, by=by, what=kind.code, locality=place, since=since, until=until, on=on, **more)


def make(job: Job, *, what: str, locality: str | None, since: str, until: str, on: str, **more: Any) -> KeptReport:
    """Make the report of a job and keep it, once: a second attempt finds what the first one kept.

    Raises ``NotForYou`` where whoever asked may not see it any more.
    """
    if found := KeptReport.objects.visible_to(job.asked_by).filter(job=job).first():
        return found
    known, place = KINDS[what], Locality.objects.get(slug=locality) if locality else None
    if not may_ask(job.asked_by, known, place):
        raise NotForYou(NOT_YOURS)
    days = [date.fromisoformat(day) for day in (since, until, on)]
    content = canonical(content_of(known, Asked(job.asked_by, place, *days)))
    return KeptReport.objects.create(
        kind=what, title=known.title, rests_on=known.rests_on, locality=place, since=days[0], until=days[1],
        as_of=days[2], asked_by=job.asked_by, asked_at=job.created_at, job=job, content=content,
        digest=digest_of(content), reader_id=more.get("reader"),
    )  # fmt: skip


def content_of(kind: Kind, asked: Asked) -> dict[str, Any]:
    """Return all that a report says: its table, what each column means, and what it rests on."""
    rows = kind.read(asked)
    about = {
        "kind": kind.code,
        "title": kind.title,
        "tells": kind.tells,
        "place": str(asked.locality) if asked.locality else "The county",
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
        "as_of": asked.on.isoformat(),
        "engine": ENGINE,
        "runs": rows.runs,
        "least": value_of(LEAST, on=asked.on),
    }
    return as_content(kind.table(rows.of_table), about)


def families_in(report: KeptReport, *, by: User) -> list[int]:
    """Return the families that a report tells of one by one, for the view log: those of a national return."""
    if report.kind != RETURN.code:
        return []
    told = [row[0] for row in report.inside["rows"]]
    return list(ReturnReference.objects.visible_to(by).filter(reference__in=told).values_list("family_id", flat=True))


@transaction.atomic
def say_read(report: KeptReport, *, by: User) -> ReportReading:
    """Say that one has read a report, so that it waits no more. Safe twice."""
    return ReportReading.objects.get_or_create(report=report, read_by=by)[0]
