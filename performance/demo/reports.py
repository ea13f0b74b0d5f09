"""A claim that is on its way, and reports of it: some kept, one that waits for the head of service, two on schedule."""

from datetime import date
from typing import Any

from django.db import transaction

from performance.claims.models import ClaimRun
from performance.claims.services import prepare_run
from performance.outcomes.rules import year_of
from performance.reports import scheduling, services
from performance.reports.asking import Kind
from performance.reports.kinds import CLAIMS, COHORT, FIGURES, MONEY, RETURN
from performance.reports.rules.due import Every, last_due
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.accounts.models import User
from slf.work.services import run

SUMMER = date(2014, 7, 31)


def keep_reports(accounts: dict[str, User], *, today: date) -> None:
    """Prepare the claim of July where there is none yet, and have reports made of it."""
    data, head, manager = accounts["data"], accounts["head"], accounts["manager.charnwood"]
    with acting_as(data):
        with transaction.atomic():
            known = ClaimRun.objects.visible_to(data).exists()
            july = None if known else prepare_run("P1", by=data, claim_on=SUMMER)
        if july:
            run(july.job.uid)
        since, until = year_of(today)
        for kind in (CLAIMS, COHORT):
            made(kind, by=data, since=since, until=until)
        due = last_due(Every.QUARTER, 10, today=today)
        made(RETURN, by=data, since=due.since, until=due.until)
        made(MONEY, by=data, since=since, until=until, reader=head.pk)
        with transaction.atomic():
            both = {"locality": None, "by": data}
            scheduling.set_schedule(MONEY, every=Every.MONTH, day=20, reader=head, **both)
            scheduling.set_schedule(RETURN, every=Every.QUARTER, day=20, reader=data, **both)
    with acting_as(manager):
        place = Locality.objects.get(slug="charnwood")
        made(FIGURES, by=manager, since=today, until=today, locality=place)


def made(kind: Kind, *, by: User, locality: Locality | None = None, **more: Any) -> None:
    with transaction.atomic():
        job = services.ask_for(kind, locality=locality, by=by, **more)
    run(job.uid)
