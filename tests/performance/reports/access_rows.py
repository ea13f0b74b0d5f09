"""Reports of claims belong to those who may see claims in every locality of the report."""

from itertools import count

from performance.reports.asking import Asked
from performance.reports.kinds import CLAIMS
from performance.reports.models import KeptReport
from performance.reports.rules import canonical, digest_of
from performance.reports.scheduling import set_schedule
from performance.reports.services import MAKE, content_of
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work.models import Job
from tests.access_table import Row, all_of
from tests.performance.claims.access_rows import somebody
from tests.performance.reports.factories import SINCE, UNTIL

READERS = all_of(Role.DATA, Role.AUDITOR, Role.HEAD, Role.SRO)
ANY = READERS | all_of(Role.SENIOR, Role.MANAGER)
"""Seniors and managers may have the figures of their own dashboard kept."""

KEEPERS = all_of(Role.DATA, Role.HEAD)
NOT_KEEPERS = frozenset(Role) - KEEPERS.keys()
NUMBERS = count()
ASK = {
    "place": "county",
    "since_day": "1",
    "since_month": "4",
    "since_year": "2014",
    "until_day": "15",
    "until_month": "10",
    "until_year": "2014",
}


def kept() -> dict:
    """Keep a report of the county that somebody of the data office asked for."""
    by = somebody("asker", Role.DATA)
    with acting_as(by):
        job = Job.objects.create(kind=MAKE, asked_by=by, queue="reports")
        job.refresh_from_db()
        content = canonical(content_of(CLAIMS, Asked(by, None, SINCE, UNTIL, UNTIL)))
        report = KeptReport.objects.create(
            kind="claims", title=CLAIMS.title, rests_on="claim", since=SINCE, until=UNTIL, as_of=UNTIL, asked_by=by,
            asked_at=job.created_at, job=job, content=content, digest=digest_of(content),
        )  # fmt: skip
    return {"uid": report.uid}


def a_file() -> dict:
    return kept() | {"whose": "others", "form": "csv"}


def a_schedule() -> dict:
    keeper, reader = somebody("keeper", Role.DATA), somebody(f"reader{next(NUMBERS)}", Role.AUDITOR)
    with acting_as(keeper):
        row = set_schedule(CLAIMS, locality=None, every="month", day=5, reader=reader, by=keeper)
    return {"uid": row.uid}


def a_new_schedule(kwargs) -> dict:
    reader = somebody(f"reader{next(NUMBERS)}", Role.AUDITOR)
    return {"kind": "claims", "every": "month", "day": 5, "reader": reader.username}


ROWS = [
    Row("performance:reports", get=ANY),
    Row("performance:ask_report", of_office=lambda: {"key": "claims"}, get=READERS,
        post=READERS, not_their_job=frozenset(Role) - READERS.keys()),
    Row("performance:report", of_office=kept, get=READERS),
    Row("performance:report_read", of_office=kept, post=all_of(*READERS, status=302)),
    Row("performance:report_file", of_office=a_file, get=READERS, recent=True),
    Row("api-reports", get=ANY, post=all_of(*READERS, status=202),
        post_body=lambda kwargs: {"kind": "claims", "since": "2014-04-01", "until": "2014-10-15"}),
    Row("api-report", of_office=kept, get=READERS, recent=True),
    Row("performance:report_schedules", get=ANY),
    Row("performance:set_report_schedule", get=KEEPERS, post=KEEPERS),
    Row("performance:end_report_schedule", of_office=a_schedule, post=all_of(*KEEPERS, status=302),
        not_their_job=NOT_KEEPERS),
    Row("api-report-schedules", get=ANY, post=all_of(*KEEPERS, status=201), post_body=a_new_schedule),
    Row("api-end-report-schedule", of_office=a_schedule, post=KEEPERS, not_their_job=NOT_KEEPERS),
]  # fmt: skip
