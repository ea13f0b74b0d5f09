"""The data officer's pages and the same for programs."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from casework.importing import paper
from casework.importing.models import ImportFile
from casework.importing.rules.columns import COLUMNS, Sheet
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from slf.settings import BASE_DIR
from slf.work.services import run
from tests.casework.importing.factories import CASE, DONNA, LIST, TYLER, as_book, as_csv, made, tried
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)
BAD = TYLER | {"Date of birth": "29/02/2013"}


@pytest.fixture
def data(post, charnwood):
    return post(Role.DATA)


@pytest.fixture
def client(data, signed_in):
    return signed_in_recently(signed_in(data), data)


def ask(client, address, body=None):
    with acting_as(None):
        return client.post(address, body) if body is not None else client.get(address)


def page(name, file):
    return reverse(f"casework:{name}", args=[file.uid])


def book(answer):
    return load_workbook(io.BytesIO(answer.content))


@pytest.fixture
def dry(data, charnwood):
    def dry(upload):
        with acting_as(data):
            return tried(upload, locality=charnwood, by=data)

    return dry


@pytest.fixture
def bring(data, charnwood):
    def bring(upload):
        with acting_as(data):
            return made(upload, locality=charnwood, by=data)

    return bring


class TestTheTemplate:
    def test_has_the_columns_that_are_read(self, client):
        template = book(ask(client, reverse("casework:import_template")))
        for sheet in Sheet:
            assert [cell.value for cell in template[sheet.label][1]] == [column.name for column in COLUMNS[sheet]]
            assert template[sheet.label].max_row == 1

    def test_explains_the_same_columns_as_the_page_and_the_document(self, client):
        shown = ask(client, reverse("casework:import_columns")).content.decode()
        document = (BASE_DIR / "docs" / "importing.md").read_text()
        assert paper.columns_in_words() in document
        for sheet in Sheet:
            for column in COLUMNS[sheet]:
                assert column.name in shown

    def test_filled_in_as_its_example_is_made(self, bring, dry):
        file = bring(SimpleUploadedFile("example.xlsx", paper.template_bytes(example=True)))
        with transaction.atomic():
            assert set(file.rows.values_list("state", flat=True)) == {"made"}


class TestSendingAList:
    def send(self, client, upload, **other):
        body = {"locality": "charnwood", "source": LIST, "file": upload} | other
        return ask(client, reverse("casework:send_import"), body)

    def test_leads_to_its_page(self, client):
        answer = self.send(client, as_csv(DONNA))
        with transaction.atomic():
            assert answer.url == ImportFile.objects.get().get_absolute_url()

    def test_with_other_columns_names_them_beside_the_file(self, client):
        answer = self.send(client, as_csv({"Surname": "Palmer"}, columns=["Surname"]))
        assert "Missing: Family reference" in answer.context["form"].errors["file"][0]
        assert answer.context["form"]["source"].value() == LIST

    def test_for_nobodys_locality_is_asked_for(self, client):
        assert "locality" in self.send(client, as_csv(DONNA), locality="nowhere").context["form"].errors

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_again_says_that_it_was_confirmed_before(self, client, bring, dry, confirmed):
        (bring if confirmed else dry)(as_csv(DONNA))
        answer = ask(client, self.send(client, as_csv(DONNA)).url)
        assert ("confirmed before. It is the same one: nothing is made twice." in answer.content.decode()) is confirmed


class TestThePageOfAList:
    def test_says_what_is_wrong_and_offers_to_confirm(self, client, dry):
        file = dry(as_csv(DONNA | {"Family reference": "B"}, BAD))
        text = ask(client, page("import", file)).content.decode()
        assert "there is no such day" in text
        assert "Make these" in text
        assert "1 family, 1 person, 0 cases" in text
        assert "nothing in the service has changed" in text

    def test_confirmed_makes_it(self, client, data, dry):
        file = dry(as_csv(DONNA))
        assert ask(client, page("make_import", file), {}).status_code == 302
        with acting_as(data):
            with transaction.atomic():
                job = ImportFile.objects.get().make_job.uid
            run(job)
        text = ask(client, page("import", file)).content.decode()
        with transaction.atomic():
            assert Family.objects.get(name="Palmer family").reference in text
        assert "Download the report" in text
        assert "Make these" not in text

    def test_takes_the_same_number_of_queries_however_many_rows(self, client, dry, django_assert_max_num_queries):
        file = dry(as_csv(*(DONNA | {"Family reference": f"F{n}", "Given names": f"Ann{n}"} for n in range(60))))
        ask(client, page("import", file))
        with django_assert_max_num_queries(16):
            ask(client, page("import", file))

    def test_is_logged_with_the_families_it_shows(self, client, bring):
        file = bring(as_csv(DONNA))
        ask(client, page("import", file))
        with transaction.atomic():
            family = Family.objects.get(name="Palmer family")
            assert View.objects.filter(what=f"List {file.name}", family_ids=[family.pk]).exists()


class TestWhatIsTakenAway:
    def test_the_rows_to_mend_can_be_sent_again(self, client, dry):
        file = dry(as_csv(DONNA, BAD))
        mend = book(ask(client, page("import_to_mend", file)))
        rows = list(mend["People"].values)
        assert [row[-2] for row in rows[1:]] == ["2", "3"]
        assert "there is no such day" in rows[2][-1]
        answer = ask(client, page("import_to_mend", file)).content
        assert dry(SimpleUploadedFile("mend.xlsx", answer)).rows_expected == 2

    def test_the_report_ties_out_and_says_where_rows_came_from(self, client, bring):
        file = bring(as_book([DONNA, DONNA, TYLER], [CASE]))
        report = book(ask(client, page("import_report", file)))
        for _, total, *numbers in list(report["Sums"].values)[1:]:
            assert total == sum(numbers)
        rows = list(report["Rows"].values)
        assert rows[1][-1] == f"{LIST}, list.xlsx, row 2"
        assert f"{rows[1][7]:%Y-%m-%d}" == "2013-01-07"
        assert f"{rows[-1][7]:%Y-%m-%d}" == "2014-02-14"
        assert "Poor parenting: 2014-03-01" in rows[-1][8]
        text = ask(client, page("import_report_csv", file)).content.decode()
        assert text.count("\n") == 5


class TestThroughTheApi:
    def test_from_sending_to_the_report(self, api, data):
        caller = api(data)
        with acting_as(None):
            body = {"locality": "charnwood", "source": LIST, "file": as_csv(DONNA, BAD | {"Family reference": "B"})}
            answer = caller.post("/api/v1/imports/", body, format="multipart")
        assert answer.status_code == 201
        address = f"/api/v1/imports/{answer.data['uid']}/"
        with acting_as(data):
            run(answer.data["check_job"])
        with acting_as(None):
            sums = caller.get(address).data["sums"]
            none = dict.fromkeys(("made", "known", "held", "taken_back"), 0)
            assert sums[1] == {"what": "People", "total": 2, "ready": 1, "refused": 1} | none
            refused = caller.get(f"{address}rows/?state=refused").data["results"]
            assert refused[0]["problems"][0]["column"] == "Date of birth"
            answer = caller.post(f"{address}make/")
            assert answer.status_code == 202
        with acting_as(data):
            run(answer.data["file"]["make_job"])
        with acting_as(None):
            assert caller.get(address).data["sums"][0]["made"] == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"locality": "nowhere"}, "locality"), ({"source": ""}, "source"), ({"file": "x"}, "file")],
    )
    def test_what_is_wrong_is_told_by_field(self, api, data, wrong, field):
        body = {"locality": "charnwood", "source": LIST, "file": as_csv(DONNA)} | wrong
        with acting_as(None):
            answer = api(data).post("/api/v1/imports/", body, format="multipart")
        assert answer.status_code == 400
        assert field in answer.json()["errors"]

    def test_a_file_that_is_none_is_a_400(self, api, data):
        body = {"locality": "charnwood", "source": LIST, "file": as_csv({"A": "1"}, columns=["A"])}
        with acting_as(None):
            assert api(data).post("/api/v1/imports/", body, format="multipart").status_code == 400
