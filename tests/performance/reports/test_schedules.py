from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from performance.digest.services import waiting_for
from performance.reports import scheduling
from performance.reports.kinds import CLAIMS
from performance.reports.models import KeptReport, ReportSchedule
from performance.reports.rules.due import Every, last_due, next_due
from slf.access.acting import acting_as
from slf.access.models import Post
from slf.access.rules import Role
from slf.web.errors import NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import run

pytestmark = pytest.mark.django_db
TODAY = date(2016, 4, 6)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def people(post):
    class People:
        data, auditor, head = post(Role.DATA), post(Role.AUDITOR), post(Role.HEAD)

    return People


def set_by(by, reader, *, every=Every.QUARTER, day=6, **more) -> ReportSchedule:
    with acting_as(by), transaction.atomic():
        return scheduling.set_schedule(CLAIMS, locality=None, every=every, day=day, reader=reader, by=by, **more)


class TestWhenAReportIsDue:
    @pytest.mark.parametrize(
        ("every", "day", "today", "on", "since", "until"),
        [
            ("month", 5, date(2016, 4, 5), date(2016, 4, 5), date(2016, 3, 1), date(2016, 3, 31)),
            ("month", 5, date(2016, 4, 4), date(2016, 3, 5), date(2016, 2, 1), date(2016, 2, 29)),
            ("quarter", 10, date(2016, 6, 30), date(2016, 4, 10), date(2016, 1, 1), date(2016, 3, 31)),
            ("quarter", 10, date(2016, 1, 9), date(2015, 10, 10), date(2015, 7, 1), date(2015, 9, 30)),
        ],
        ids=["on its day", "the day before", "in its quarter", "over the year"],
    )
    def test_it_tells_of_the_days_that_were_over(self, every, day, today, on, since, until):
        assert last_due(every, day, today=today) == (on, since, until)

    @given(st.sampled_from(Every), st.integers(1, 28), st.dates(date(2012, 1, 1), date(2030, 1, 1)))
    def test_the_next_is_after_today_and_nothing_lies_between(self, every, day, today):
        due, following = last_due(every, day, today=today), next_due(every, day, today=today)
        assert due.since < due.until < due.on <= today < following
        assert last_due(every, day, today=following).since > due.until
        assert (last_due(every, day, today=following).since - due.until).days == 1


class TestASchedule:
    def test_makes_one_report_that_waits_for_its_reader(self, people, signed_in):
        row = set_by(people.data, people.auditor)
        assert (scheduling.promise_due(), scheduling.promise_due()) == (1, 0)
        with acting_as(people.data):
            run(Job.objects.get().uid)
        report = KeptReport.objects.get()
        assert (report.asked_by, report.reader, report.until) == (row.set_by, people.auditor, date(2016, 3, 31))
        client = signed_in(people.auditor)
        assert "Reports to read" in client.get("/").content.decode()
        with acting_as(people.auditor):
            assert ("Reports to read", 1) in waiting_for(people.auditor, TODAY)
        client.post(reverse("performance:report_read", args=[report.uid]))
        assert "Reports to read" not in client.get("/").content.decode()

    def test_is_not_for_a_reader_who_may_not_see_it(self, people, post, charnwood):
        with pytest.raises(NotAllowed):
            set_by(people.data, post(Role.AUDITOR, charnwood))

    def test_is_set_by_the_data_office_and_the_head_alone(self, people):
        with pytest.raises(NotForYou):
            set_by(people.auditor, people.auditor)

    def test_is_set_once(self, people):
        set_by(people.data, people.auditor)
        with pytest.raises(NotAllowed):
            set_by(people.head, people.auditor)

    def test_makes_nothing_once_whoever_set_it_may_not_see_it(self, people, signed_in):
        set_by(people.data, people.auditor)
        Post.objects.filter(user=people.data).update(period=(date(2012, 4, 1), date(2013, 4, 1)))
        assert scheduling.promise_due() == 0
        assert "Stopped" in signed_in(people.head).get(reverse("performance:report_schedules")).content.decode()

    def test_makes_nothing_after_it_has_ended_and_does_not_change(self, people):
        row = set_by(people.data, people.auditor)
        with acting_as(people.head), transaction.atomic():
            scheduling.end_schedule(row, by=people.head)
        assert scheduling.promise_due() == 0
        with acting_as(people.head), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update performance_reportschedule set ended_by_id = null, ended_at = null")


class TestTheForm:
    def test_is_filled_by_an_example_and_sets_a_schedule(self, people, signed_in):
        client = signed_in(people.head)
        page = client.get(reverse("performance:report_schedules")).content.decode()
        assert "no document gives these days" in page
        address = reverse("performance:set_report_schedule")
        assert 'value="5"' in client.get(f"{address}?kind=money&every=month&day=5").content.decode()
        sent = {"kind": "money", "place": "county", "every": "month", "day": "5", "reader": people.auditor.pk}
        assert client.post(address, sent).status_code == 302
        assert "Every month, on day 5" in client.get(reverse("performance:report_schedules")).content.decode()
