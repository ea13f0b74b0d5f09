"""Sending a file, and seeing what became of each row."""

import csv
import io

import pytest
from django.db import transaction
from django.urls import reverse

from families.hub.matching import NOBODY, OTHER_BIRTH
from families.hub.models import FeedFile
from performance.demo.identifiers import made_up_upn
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from tests.factories import MembershipFactory
from tests.families.hub.factories import ATTENDANCE, as_csv, load, receive, send_again
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)
SEND = "/families/feeds/new/"
DAYS = {"first_day_day": "1", "first_day_month": "9", "first_day_year": "2013",
        "last_day_day": "31", "last_day_month": "7", "last_day_year": "2014", "area": "county"}  # fmt: skip


@pytest.fixture
def data(post):
    return post(Role.DATA)


@pytest.fixture
def client(data, signed_in):
    return signed_in(data)


@pytest.fixture
def pupil(charnwood):
    return MembershipFactory(part="child", person__upn=ATTENDANCE["UPN"], person__born_on="2000-09-01").person


def ask(client, address, body=None):
    with acting_as(None):
        return client.post(address, body) if body is not None else client.get(address)


def send(client, upload, **other):
    return ask(client, SEND, {"feed": "attendance", "file": upload} | DAYS | other)


class TestSendingAFile:
    def test_leads_to_the_page_on_which_it_loads(self, client):
        answer = send(client, as_csv([ATTENDANCE]))
        with transaction.atomic():
            assert answer.url == FeedFile.objects.get().get_absolute_url()

    def test_with_other_columns_names_them_beside_the_file(self, client):
        answer = send(client, as_csv([{"UPN": "A1", "Name": "Jo"}]))
        assert "Missing: Surname" in answer.context["form"].errors["file"][0]
        assert "Not known: Name" in answer.context["form"].errors["file"][0]

    def test_in_another_encoding_says_on_which_line(self, client):
        answer = send(client, as_csv([ATTENDANCE | {"School": "Café"}], encoding="latin-1"))
        assert "Line 2" in answer.context["form"].errors["file"][0]

    def test_that_is_no_text_says_how_to_save_it(self, client):
        answer = send(client, as_csv([ATTENDANCE | {"School": "a\0b"}]))
        assert "saved as “CSV UTF-8”" in answer.context["form"].errors["file"][0]

    def test_keeps_nothing_that_was_refused(self, client):
        send(client, as_csv([{"UPN": "A1"}]))
        with transaction.atomic():
            assert not FeedFile.objects.exists()

    def test_for_other_days_than_before_says_so(self, client):
        send(client, as_csv([ATTENDANCE]))
        answer = send(client, as_csv([ATTENDANCE]), last_day_day="30")
        assert answer.status_code == 409
        assert "sent the same file on 15 October 2014" in answer.content.decode()

    @pytest.mark.parametrize(
        ("last", "says"),
        [({"last_day_year": "2012"}, "before the first day"), ({"last_day_year": "2015"}, "still to come")],
    )
    def test_must_speak_for_days_that_were(self, client, last, says):
        assert says in send(client, as_csv([ATTENDANCE]), **last).context["form"].errors["last_day"][0]


class TestTheAreaThatWasSearched:
    def test_must_be_stated(self, client):
        errors = send(client, as_csv([ATTENDANCE]), area="").context["form"].errors
        assert errors["area"] == ["Select where the agency searched"]

    def test_must_be_named_when_it_is_not_the_county(self, client):
        errors = send(client, as_csv([ATTENDANCE]), area="localities").context["form"].errors
        assert errors["localities"] == ["Select the localities it searched"]

    def test_is_kept_and_shown(self, client):
        answer = send(client, as_csv([ATTENDANCE]), area="localities", localities=["melton", "charnwood"])
        assert "Charnwood, Melton" in ask(client, answer.url).content.decode()
        with transaction.atomic():
            assert FeedFile.objects.get().searched_localities == ["charnwood", "melton"]

    @pytest.mark.parametrize(
        ("area", "says"),
        [
            ({}, "Say where the agency searched"),
            ({"localities": ["atlantis"]}, "There is no locality 'atlantis'."),
            ({"localities": ["melton"], "whole_county": True}, "not both"),
        ],
    )
    def test_is_asked_of_programs_as_well(self, api, data, area, says):
        body = {"feed": "attendance", "first_day": "2013-09-01", "last_day": "2014-07-31"}
        with acting_as(None):
            sent = api(data).post("/api/v1/feed-files/", body | {"file": as_csv([ATTENDANCE])} | area)
        assert says in sent.json()["errors"]["localities"][0]


class TestAFilesPage:
    def test_shows_a_row_in_the_order_of_its_columns_with_what_became_of_it(self, client, data, pupil):
        with acting_as(data):
            file = load(as_csv([ATTENDANCE, ATTENDANCE | {"UPN": made_up_upn(6)}]), by=data)
        good, bad = ask(client, file.get_absolute_url()).context["lines"]
        assert (good.who, good.state, good.matched) == ("Jo Palmer", "Became a fact", str(pupil))
        assert good.cells.startswith(f"UPN: {ATTENDANCE['UPN']} · Date of birth: 01/09/2000 · School: Rawlins · Term: ")
        assert (bad.state, bad.tone) == ("Matches nobody", "neutral")

    def test_opens_exactly_the_rows_each_figure_counts(self, client, data, pupil):
        with acting_as(data):
            file = load(
                as_csv([ATTENDANCE, ATTENDANCE | {"UPN": made_up_upn(6)}, ATTENDANCE | {"UPN": made_up_upn(7)}]),
                by=data,
            )
        counts = ask(client, file.get_absolute_url()).context["counts"]
        for state, _, number in counts:
            assert len(ask(client, f"{file.get_absolute_url()}?state={state}").context["lines"]) == int(number)

    def test_asks_to_mend_what_cannot_be_read_and_not_whom_nobody_knows(self, client, data, pupil):
        strangers = [ATTENDANCE | {"UPN": made_up_upn(100 + n)} for n in range(1001)]
        with acting_as(data):
            file = load(as_csv([ATTENDANCE | {"Possible sessions": "many"}, *strangers]), by=data)
        said = " ".join(ask(client, file.get_absolute_url()).content.decode().split())
        assert "1 row could not be read. Download the rows to mend" in said
        assert (
            "1,001 rows matched nobody. Most are people the service does not know, and there is nothing to mend."
            in said
        )
        assert f'href="{file.get_absolute_url()}?state=unmatched#rows">see the reasons</a>' in said
        assert ">1,002</span>" in said

    def test_says_for_which_reasons_rows_matched_nobody(self, client, data, pupil):
        with acting_as(data):
            other_birth = ATTENDANCE | {"Date of birth": "02/09/2000"}
            file = load(as_csv([other_birth, *(ATTENDANCE | {"UPN": made_up_upn(100 + n)} for n in range(2))]), by=data)
        reasons = ask(client, f"{file.get_absolute_url()}?state=unmatched").context["reasons"]
        assert reasons == [(NOBODY, "2"), (OTHER_BIRTH, "1")]

    def test_says_to_a_colleague_that_it_is_loaded(self, post, signed_in, data, pupil):
        with acting_as(data):
            load(as_csv([ATTENDANCE]), by=data)
        answer = ask(signed_in(post(Role.DATA)), "/families/feeds/")
        assert [state for _, state in answer.context["lines"]] == [("Loaded", "good")]


class TestAFileThatComesAgain:
    def test_says_when_it_came_and_what_was_tried(self, client, data, post, signed_in):
        colleague = post(Role.DATA)
        sent = [ATTENDANCE, ATTENDANCE | {"UPN": made_up_upn(6)}]
        with acting_as(data):
            file = load(as_csv(sent), by=data)
        MembershipFactory(part="child", person__upn=ATTENDANCE["UPN"], person__born_on="2000-09-01")
        with acting_as(colleague):
            send_again(as_csv(sent), by=colleague)
        with acting_as(data):
            receive(as_csv(sent), by=data)
        assert ask(client, file.get_absolute_url()).context["retries"] == [
            "You sent this file on 15 October 2014, and again on 15 October 2014; "
            "1 row that matched nobody is being tried again.",
            f"You sent this file on 15 October 2014, and {colleague} sent it again on 15 October 2014; "
            "2 rows that matched nobody were tried again, 1 of them now became a fact.",
        ]
        said = ask(signed_in(colleague), file.get_absolute_url()).content.decode()
        assert f"{data} sent this file on 15 October 2014, and you sent it again" in said

    def test_says_so_when_nothing_was_left_to_try(self, client, data, pupil):
        with acting_as(data):
            file = load(as_csv([ATTENDANCE]), by=data)
        answer = send(client, as_csv([ATTENDANCE]))
        assert answer.url == file.get_absolute_url()
        assert "so there was nothing to try again" in ask(client, answer.url).content.decode()


class TestTheRowsToMend:
    def test_are_given_to_somebody_who_has_just_signed_in(self, client, data, pupil):
        with acting_as(data):
            file = load(as_csv([ATTENDANCE | {"UPN": made_up_upn(6)}]), by=data)
        address = reverse("families:feed_rows_to_mend", args=[file.uid])
        with acting_as(None):
            asked = signed_in_recently(client, data, seconds_ago=301).get(address)
            assert asked["Location"].startswith("/accounts/confirm/")
            assert signed_in_recently(client, data).get(address).status_code == 200

    def test_come_back_with_the_reason_and_load_once_mended(self, client, data, pupil):
        with acting_as(data):
            file = load(
                as_csv([ATTENDANCE | {"Possible sessions": "many"}, ATTENDANCE | {"UPN": made_up_upn(6)}]), by=data
            )
        answer = ask(signed_in_recently(client, data), reverse("families:feed_rows_to_mend", args=[file.uid]))
        (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert 'filename="rows-to-mend-attendance.csv"' in answer["Content-Disposition"]
        assert row["Reason"].startswith("“Possible sessions” is")
        with acting_as(data):
            again = load(as_csv([row | {"Possible sessions": "140"}]), by=data)
        assert [line.state for line in ask(client, again.get_absolute_url()).context["lines"]] == ["Became a fact"]


class TestTheRowsThatMatchedNobody:
    def test_are_a_download_of_their_own(self, client, data, pupil):
        with acting_as(data):
            file = load(
                as_csv([ATTENDANCE | {"Possible sessions": "many"}, ATTENDANCE | {"UPN": made_up_upn(6)}]), by=data
            )
        answer = ask(signed_in_recently(client, data), reverse("families:feed_rows_unmatched", args=[file.uid]))
        (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert (row["UPN"], row["Reason"]) == (made_up_upn(6), NOBODY)


class TestTheApi:
    def test_takes_a_file_and_shows_its_rows(self, api, data, pupil):
        with acting_as(None):
            client = api(data)
            body = {"feed": "attendance", "file": as_csv([ATTENDANCE])}
            body |= {"whole_county": True, "first_day": "2013-09-01", "last_day": "2014-07-31"}
            sent = client.post("/api/v1/feed-files/", body, format="multipart")
            assert sent.status_code == 201, sent.content
            assert client.get(f"/api/v1/jobs/{sent.json()['job']}/").status_code == 200
            assert client.get(f"/api/v1/feed-files/{sent.json()['uid']}/rows/").status_code == 200

    def test_logs_the_file_and_the_families_on_the_page_shown(self, api, data, pupil):
        other = MembershipFactory(part="child", person__upn=made_up_upn(5), person__born_on="2000-09-01")
        with acting_as(data):
            file = load(as_csv([ATTENDANCE, ATTENDANCE | {"UPN": made_up_upn(5)}]), by=data)
        with acting_as(None):
            client = api(data)
            client.get("/api/v1/feed-files/")
            client.get("/api/v1/feed-files/?page=9")
            client.get(f"/api/v1/feed-files/{file.uid}/")
            client.get(f"/api/v1/feed-files/{file.uid}/rows/?page_size=1&page=2")
        with acting_as(data), transaction.atomic():
            seen = [(view.what, view.family_ids) for view in View.objects.filter(user=data).order_by("pk")]
        assert seen == [
            ("Files from agencies", []), ("File attendance.csv", []), ("Rows of attendance.csv", [other.family_id])
        ]  # fmt: skip

    def test_refuses_the_same_content_for_other_days(self, api, data):
        body = {"feed": "attendance", "first_day": "2013-09-01", "whole_county": True}
        with acting_as(None):
            days = ["2014-07-31", "2014-07-31", "2014-07-30"]
            sent = [
                api(data).post("/api/v1/feed-files/", body | {"file": as_csv([ATTENDANCE]), "last_day": day})
                for day in days
            ]
        assert [answer.status_code for answer in sent] == [201, 201, 409]
        assert sent[0].json()["uid"] == sent[1].json()["uid"]
        assert "for the days from 1 September 2013 to 31 July 2014" in sent[2].json()["detail"]

    def test_refuses_a_file_of_days_still_to_come(self, api, data):
        with acting_as(None):
            body = {"feed": "attendance", "file": as_csv([ATTENDANCE])}
            body |= {"whole_county": True, "first_day": "2013-09-01", "last_day": "2016-07-31"}
            sent = api(data).post("/api/v1/feed-files/", body, format="multipart")
        assert (sent.status_code, list(sent.json()["errors"])) == (400, ["last_day"])
