import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from performance.reports import files
from performance.reports.kinds import KINDS
from performance.reports.models import KeptReport
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from slf.work.models import Job
from slf.work.services import run
from tests.performance.reports.factories import claimed, made
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db
SENT = {
    "place": "county", "since_day": "1", "since_month": "4", "since_year": "2014",
    "until_day": "31", "until_month": "3", "until_year": "2016", "once": "6f1c1f0e-0c44-4c3f-8a59-2f0c4a9f0a11",
}  # fmt: skip


@pytest.fixture
def data(post):
    return post(Role.DATA)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


class TestAskingForAReport:
    def test_leads_to_the_report_and_a_second_press_makes_no_other(self, data, signed_in, charnwood):
        claimed(charnwood)
        client, page = signed_in(data), reverse("performance:ask_report", args=["claims"])
        first, second = client.post(page, SENT), client.post(page, SENT)
        assert (first.status_code, first["Location"]) == (302, second["Location"])
        with acting_as(data):
            run(Job.objects.get().uid)
        report = KeptReport.objects.get()
        assert report.get_absolute_url() in text_of(client.get(first["Location"]))
        told = text_of(client.get(report.get_absolute_url()))
        assert ("Charnwood" in told, "£700" in told, "the route, or progress to work" in told) == (True, True, True)

    def test_keeps_what_was_typed_where_the_days_are_wrong(self, data, signed_in):
        page = reverse("performance:ask_report", args=["claims"])
        told = text_of(signed_in(data).post(page, SENT | {"until_year": "2013", "since_year": "2014"}))
        assert ("govuk-error-summary" in told, 'value="2013"' in told) == (True, True)


class TestAReportsFiles:
    def test_are_the_same_bytes_each_time_and_each_look_is_logged(self, data, signed_in, charnwood):
        claimed(*[charnwood] * 6)
        report, client = made(data), signed_in_recently(signed_in(data), data)
        for form in ("csv", "json"):
            address = reverse("performance:report_file", args=[report.uid, "inside", form])
            assert client.get(address).content == client.get(address).content
        assert client.get(address).content == report.content.encode()
        client.get(report.get_absolute_url())
        with acting_as(data):
            looks = list(View.objects.filter(user=data).values_list("what", flat=True))
        assert len([look for look in looks if "as a file" in look]) == 5
        assert any(look.startswith("Report: ") for look in looks)

    def test_to_give_to_others_have_no_small_number(self, data, signed_in, charnwood, melton):
        claimed(*[charnwood] * 6, melton)
        address = reverse("performance:report_file", args=[made(data).uid, "others", "csv"])
        told = signed_in_recently(signed_in(data), data).get(address).content.decode()
        assert ("left out" in told, ",1," in told) == (True, False)


class TestEveryKind:
    @pytest.mark.parametrize("kind", KINDS)
    def test_opens_as_a_page_and_as_each_file(self, post, signed_in, charnwood, kind):
        claimed(*[charnwood] * 2)
        head = post(Role.HEAD)
        report, client = made(head, kind), signed_in_recently(signed_in(head), head)
        assert report.title in text_of(client.get(report.get_absolute_url()))
        for form in ("csv", "json", "xlsx", "pdf"):
            for whose in files.given_as(report.inside):
                answer = client.get(reverse("performance:report_file", args=[report.uid, whose, form]))
                assert (answer.status_code, len(answer.content) > 100) == (200, True), (form, whose)


class TestTheListOfReports:
    def test_costs_the_same_however_many_there_are(self, data, signed_in):
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                signed_in(data).get(reverse("performance:reports"))
            return len(found)

        made(data)
        few = queries()
        for _ in range(3):
            made(data)
        assert queries() <= few


class TestForPrograms:
    def test_one_is_asked_for_followed_and_read(self, data, api):
        body = {"kind": "claims", "since": "2014-04-01", "until": "2014-10-15"}
        asked = api(data).post("/api/v1/reports/", body, format="json")
        assert asked.status_code == 202
        run(asked.json()["uid"])
        (one,) = api(data).get("/api/v1/reports/").json()["results"]
        whole = signed_in_recently(api(data), data).get(f"/api/v1/reports/{one['uid']}/").json()
        assert (whole["digest"], whole["content"]["kind"]) == (one["digest"], "claims")
