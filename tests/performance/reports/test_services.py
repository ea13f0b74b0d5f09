from datetime import date

import pytest
from django.db import Error, connection, transaction

from performance.reports import files
from performance.reports.models import KeptReport
from slf.access.acting import acting_as
from slf.access.models import Post
from slf.access.rules import Role
from slf.web.errors import NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import run
from tests.performance.reports.factories import asked, claimed, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(post):
    """Return who sees the claims of the county."""

    class Office:
        data, head = post(Role.DATA), post(Role.HEAD)

    return Office


class TestAReport:
    def test_is_kept_as_it_was_made_with_its_digest(self, office, charnwood, melton):
        run_of_claims = claimed(charnwood, charnwood, melton)
        report = made(office.data)
        table = report.inside
        assert [row[0] for row in table["rows"]] == ["Charnwood", "Melton"]
        assert table["totals"][4] == 3
        assert table["runs"][0]["run"] == str(run_of_claims.uid)
        first = files.as_csv(table)
        with acting_as(office.head), transaction.atomic():
            again = KeptReport.objects.get(uid=report.uid)
        assert (files.as_csv(again.inside), files.as_json(again.inside)) == (first, report.content.encode())

    def test_is_made_once_however_often_its_job_is_done(self, office):
        job = asked(office.data)
        with acting_as(office.data):
            run(job.uid)
            with transaction.atomic():
                Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
            run(job.uid)
            with transaction.atomic():
                assert KeptReport.objects.filter(job=job).count() == 1

    def test_is_not_made_for_who_may_not_see_it_any_more(self, office):
        job = asked(office.data)
        Post.objects.filter(user=office.data).update(period=(date(2012, 4, 1), date(2013, 4, 1)))
        done = run(job.uid)
        with acting_as(office.data), transaction.atomic():
            done.refresh_from_db()
            assert (done.state, "more than you may see" in done.error) == ("failed", True)

    def test_is_of_days_that_are_over(self, office):
        with pytest.raises(NotAllowed):
            asked(office.data, until=date(2030, 1, 1))


class TestWhoMayAskAndRead:
    def test_the_county_is_for_who_sees_every_locality(self, post, charnwood, office):
        local = post(Role.DATA, charnwood)
        with pytest.raises(NotForYou):
            asked(local)
        county, own = made(office.data), made(local, locality=charnwood)
        with acting_as(local), transaction.atomic():
            assert list(KeptReport.objects.all()) == [own]
            assert list(KeptReport.objects.visible_to(local)) == [own]
        with acting_as(office.head), transaction.atomic():
            assert set(KeptReport.objects.visible_to(office.head)) == {county, own}

    def test_another_locality_is_not_theirs(self, post, charnwood, melton):
        with pytest.raises(NotForYou):
            asked(post(Role.DATA, charnwood), locality=melton)


class TestThePostgreSQLDoor:
    def refused(self, by, statement, *values):
        with acting_as(by), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    def test_a_report_is_never_changed_or_taken_away(self, office):
        report = made(office.data)
        self.refused(office.data, "update performance_keptreport set title = 'x' where id = %s", report.pk)
        self.refused(office.data, "delete from performance_keptreport where id = %s", report.pk)

    def test_its_digest_and_its_localities_are_true_and_its_job_is_ones_own(self, office, post, charnwood):
        add = (
            "insert into performance_keptreport (uid, kind, title, rests_on, locality_id, scopes, since, until, as_of,"
            " content, asked_by_id, asked_at, job_id, digest) values (gen_random_uuid(), 'claims', 'x', 'claim', null,"
            " '{}', '2014-04-01', '2014-10-15', '2014-10-15', '{}', %s, %s, %s, %s)"
        )
        right = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        local = post(Role.DATA, charnwood)
        job, own = asked(office.data), asked(local, locality=charnwood)
        self.refused(office.data, add, office.data.pk, job.created_at, job.pk, "0" * 64)
        self.refused(local, add, local.pk, own.created_at, own.pk, right)
        self.refused(office.head, add, office.head.pk, job.created_at, job.pk, right)
        self.refused(office.head, add, office.data.pk, job.created_at, job.pk, right)
