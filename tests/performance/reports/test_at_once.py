"""Two clocks, and two people, at the same moment."""

from datetime import date

import pytest

from performance.reports import scheduling, services
from performance.reports.kinds import CLAIMS
from performance.reports.models import KeptReport, ReportSchedule
from performance.reports.rules.due import Every
from slf.access.rules import Role
from slf.web.errors import NotAllowed
from slf.work.models import Job
from slf.work.services import run
from tests.at_once import at_once, committed, in_the_name_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def setting(post, settings):
    """Return two who may set a schedule, and verbs that set the same one on the day it is due."""
    settings.SERVICE_DATE = "2016-04-06"
    data, head = committed(lambda: post(Role.DATA)), committed(lambda: post(Role.HEAD))

    def set_by(user):
        said = {"locality": None, "every": Every.QUARTER, "day": 6, "reader": head}
        return in_the_name_of(user)(lambda: scheduling.set_schedule(CLAIMS, **said, by=user))

    return data, head, set_by


def test_two_who_set_the_same_schedule_and_two_clocks_make_one_report(setting):
    data, head, set_by = setting
    given = at_once(set_by(data), set_by(head))
    assert {type(one) for one in given} == {ReportSchedule, NotAllowed}
    (row,) = [one for one in given if isinstance(one, ReportSchedule)]
    assert sum(at_once(scheduling.promise_due, scheduling.promise_due)) >= 1
    with in_the_name_of(row.set_by):
        (job,) = Job.objects.filter(kind=services.MAKE)
    at_once(lambda: run(job.uid), lambda: run(job.uid))
    with in_the_name_of(head):
        (report,) = KeptReport.objects.all()
    assert (report.until, report.reader) == (date(2016, 3, 31), head)
