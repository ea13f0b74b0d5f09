"""What a person or a program gets when a rule says no, and that nothing half done stays."""

import json

import pytest
from django.test import Client

from slf.access.models import Locality
from slf.access.rules import Role
from slf.web import navigation
from slf.web.errors import DomainError, Incomplete
from tests.slf.web.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _probes(settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.slf.web.probes"
    monkeypatch.setattr(navigation, "URGENT", {})
    monkeypatch.setattr(navigation, "FOOTER", {})


@pytest.fixture
def worker(post, signed_in, charnwood):
    return signed_in(post(Role.SENIOR, charnwood))


@pytest.fixture
def program(post, api, charnwood):
    return api(post(Role.SENIOR, charnwood))


STATUS = {"not-allowed": 409, "not-for-you": 403, "conflict": 409, "incomplete": 422}


class TestARefusalOnAPage:
    @pytest.mark.parametrize(("kind", "status"), STATUS.items())
    def test_has_its_status_its_sentence_and_a_way_on(self, worker, kind, status):
        answer = worker.get(f"/refuse/{kind}/", headers={"Referer": "http://testserver/families/?page=2"})
        page = read(answer.content.decode())
        assert answer.status_code == status
        assert len(page.all("h1")) == 1
        assert page.one("a", cls="govuk-back-link")["href"] == "/families/?page=2"
        assert page.one("header")
        assert "Nothing was changed." in page.text

    def test_lists_what_is_missing_with_links(self, worker):
        page = read(worker.get("/refuse/incomplete/").content.decode())
        items = page.one("main").one("ul").all("li")
        assert [item.text for item in items] == ["When the family agreed", "Who agreed"]
        assert items[0].one("a")["href"] == "/families/"
        assert items[1].all("a") == []

    @pytest.mark.parametrize(
        "from_elsewhere",
        [
            "http://evil.example/",
            "http://testserver.evil.example/",
            "javascript:x",
            "http://testserver//evil.example/x",
            "http://testserver/\\\\evil.example/x",
        ],
    )
    def test_leads_back_to_this_site_only(self, worker, from_elsewhere):
        page = read(worker.get("/refuse/conflict/", headers={"Referer": from_elsewhere}).content.decode())
        assert page.one("a", cls="govuk-back-link")["href"] == "/refuse/conflict/"

    def test_takes_the_place_of_the_page_when_a_part_asked(self, worker):
        answer = worker.get("/refuse/incomplete/", headers={"HX-Request": "true"})
        assert answer["HX-Retarget"] == answer["HX-Reselect"] == "#main-content"


class TestAViewThatWroteAndWasRefused:
    def test_leaves_nothing_half_done(self, worker):
        assert worker.post("/write-then-refuse/").status_code == 409
        assert not Locality.objects.filter(slug="half-done").exists()

    def test_answers_even_when_the_database_had_refused_first(self, worker):
        answer = worker.post("/break-then-refuse/")
        assert answer.status_code == 409
        assert "Tom Allsop changed the plan" in answer.content.decode()

    def test_leaves_nothing_half_done_through_the_api(self, program):
        assert program.post("/api/v1/refuse/conflict/").status_code == 409
        assert not Locality.objects.filter(slug="half-done").exists()

    def test_keeps_what_was_not_refused(self, worker):
        assert worker.post("/write/").status_code == 200
        assert Locality.objects.filter(slug="whole").exists()


class TestARefusalToAProgram:
    @pytest.mark.parametrize(("kind", "status"), STATUS.items())
    def test_is_a_problem(self, program, kind, status):
        answer = program.get(f"/api/v1/refuse/{kind}/")
        body = json.loads(answer.content)
        assert answer.status_code == status == body["status"]
        assert answer["Content-Type"] == "application/problem+json"
        assert {"type", "title", "detail"} <= body.keys()
        assert body["type"].startswith("urn:slf:problem:")

    def test_says_what_is_missing_and_where(self, program):
        body = program.get("/api/v1/refuse/incomplete/").json()
        assert body["missing"] == [
            {"what": "When the family agreed", "where": "/families/"},
            {"what": "Who agreed", "where": None},
        ]

    def test_names_each_field_that_is_wrong(self, program):
        answer = program.post("/api/v1/check/", {"people": [{"name": "Al"}, {"name": "Christopher"}]}, format="json")
        body = json.loads(answer.content)
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert body["errors"] == {
            "surname": ["This field is required."],
            "people.1.name": ["Ensure this field has no more than 5 characters."],
        }

    def test_names_what_is_wrong_with_the_whole(self, program):
        answer = program.post("/api/v1/check/", {"surname": "W", "people": []}, format="json")
        assert json.loads(answer.content)["errors"] == {"": ["Somebody has to be over 18."]}

    @pytest.mark.parametrize(
        ("body", "kind", "status"), [(b"{", "application/json", 400), (b"x", "text/csv", 415)], ids=["torn", "foreign"]
    )
    def test_is_a_problem_for_a_body_that_cannot_be_read(self, program, body, kind, status):
        answer = program.generic("POST", "/api/v1/check/", body, content_type=kind)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")

    def test_says_the_same_of_everything_missing(self, program):
        bodies = {program.get(f"/api/v1/missing/{name}/").content for name in ("walker", "reid")}
        assert len(bodies) == 1
        assert b"walker" not in bodies.pop()


class TestTheErrorPages:
    def test_of_what_is_missing_and_what_is_somebody_else_s_are_the_same_bytes(self, worker):
        bodies = {worker.get(path).content for path in ("/missing/walker/", "/missing/reid/", "/no/such/page/")}
        assert len(bodies) == 1

    @pytest.mark.parametrize(("path", "status"), [("/forbidden/", 403), ("/missing/x/", 404), ("/broken/", 500)])
    def test_say_what_to_do_without_a_menu(self, post, charnwood, path, status):
        client = Client(raise_request_exception=False)
        client.force_login(post(Role.SENIOR, charnwood), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(path)
        page = read(answer.content.decode())
        assert answer.status_code == status
        assert page.one("h1").text
        assert page.one("main").all("a")
        assert page.all("nav") == []

    def test_for_another_role_lead_to_who_may_do_what(self, worker):
        page = read(worker.get("/forbidden/").content.decode())
        assert [link["href"] for link in page.one("main").all("a")] == ["/accounts/roles/", "/"]

    def test_of_the_api_are_problems(self, program):
        answer = program.get("/api/v1/no/such/thing/")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")

    def test_of_a_page_open_too_long_is_kind(self):
        answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"a": "b"})
        assert answer.status_code == 403
        assert "This page was open too long" in answer.content.decode()


class TestTheErrorsThemselves:
    def test_know_nothing_of_django(self):
        import ast
        from pathlib import Path

        import slf.web.errors

        tree = ast.parse(Path(slf.web.errors.__file__).read_text())
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported == {"collections.abc"}

    def test_are_their_sentence(self):
        error = Incomplete([("Who agreed", None)])
        assert isinstance(error, DomainError)
        assert str(error) == error.message == "Give these answers first."
