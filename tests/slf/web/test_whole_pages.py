"""Whole pages: the parts page, the layouts round it, and the two health addresses."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from kombu.exceptions import OperationalError as BrokerError

from slf.access.rules import Role
from slf.web import catalogue, health, navigation
from tests.slf.web.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _probes(settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.slf.web.probes"
    for registry in ("ITEMS", "FOOTER", "SEARCH", "URGENT"):
        monkeypatch.setattr(navigation, registry, {})


@pytest.fixture
def worker(post, signed_in, charnwood):
    return signed_in(post(Role.FSW, charnwood, "priya"))


@pytest.fixture
def page(worker):
    return read(worker.get("/components/").content.decode())


class TestThePartsPage:
    def test_shows_every_part_with_the_lines_that_make_it(self, page):
        for examples in catalogue.SECTIONS.values():
            for example in examples:
                part = page.one("section", id=example.name)
                assert part.one(cls="slf-part__drawn").children
                assert part.one("code").text

    def test_shows_a_tag_of_every_kind_there_is(self):
        from slf.web.templatetags.components import register

        lines = "".join(
            Path(f"templates/slf/web/examples/{example.name}.html").read_text()
            for examples in catalogue.SECTIONS.values()
            for example in examples
        )
        shown = set(re.findall(r"{% (\w+)", lines))
        invisible, in_layouts = {"once"}, {"error_summary", "printed_at", "urgent_link"}
        assert set(register.tags) - shown <= invisible | in_layouts

    def test_shows_the_form_gone_wrong_when_asked(self, worker):
        answer = worker.get("/components/?state=errors")
        page = read(answer.content.decode())
        assert page.all("title")[0].text.startswith("Error: ")
        for link in page.one(cls="govuk-error-summary").all("a"):
            assert page.all(id=link["href"].removeprefix("#")), link.text

    def test_is_for_those_who_are_signed_in(self):
        assert Client().get("/components/").status_code == 302

    def test_has_no_two_things_of_one_name(self, page):
        ids = [node["id"] for node in page.walk() if node.get("id")]
        assert sorted(ids) == sorted(set(ids))

    def test_has_nothing_inline_and_nothing_from_elsewhere(self, worker):
        markup = worker.get("/components/").content.decode()
        assert "style=" not in markup
        assert "<style" not in markup
        assert not re.search(r"<script(?![^>]* src=\")", markup)
        assert not re.search(r"\son\w+=", markup)
        assert not re.search(r"(src|href)=\"(https?:)?//", markup)


class TestTheLayout:
    def test_names_the_person_and_lets_them_sign_out(self, page):
        assert "Family" in page.one(cls="slf-header__name").text
        assert page.one("form", cls="slf-header__out").one("button").text == "Sign out"

    def test_offers_the_pages_of_the_role_and_marks_the_one_they_are_in(self, worker):
        navigation.add("Parts", "web:components")
        navigation.add("Audit", "web:healthz", needs=Role.AUDITOR)
        nav = read(worker.get("/components/").content.decode()).one("ul", id="navigation")
        assert [link.text for link in nav.all("a")] == ["Parts"]
        assert nav.one("a")["aria-current"] == "page"

    def test_has_one_search_box_where_search_is_offered(self, worker):
        navigation.add_search("Find a family", "web:components")
        form = read(worker.get("/components/").content.decode()).one("form", role="search")
        assert form["action"] == "/components/"
        assert form.one("label")["for"] == form.one("input", type="search")["id"]

    def test_has_a_way_past_the_header(self, page):
        skip = page.all("a")[0]
        assert skip.text == "Skip to main content"
        assert page.one("main")["id"] == skip["href"].removeprefix("#")

    def test_says_on_paper_what_it_is_and_who_printed_it(self, page):
        head = page.one(cls="slf-print-head").text
        assert head.startswith("OFFICIAL-SENSITIVE Supporting Leicestershire Families.")

    def test_keeps_htmx_from_writing_styles_and_running_text(self, page):
        config = page.one("meta", name="htmx-config")["content"]
        assert '"includeIndicatorStyles":false' in config
        assert '"allowEval":false' in config


class TestTheHealthAddresses:
    def test_say_ready_when_both_answer(self):
        answer = Client().get("/readyz")
        assert answer.json() == {"database": "answers", "broker": "answers"}
        assert answer.status_code == 200

    @pytest.mark.parametrize(
        ("asking", "error", "silent"),
        [
            ("ask_database", OperationalError, "database"),
            ("ask_broker", BrokerError, "broker"),
            ("ask_broker", OSError, "broker"),
        ],
    )
    def test_say_which_one_is_silent(self, monkeypatch, asking, error, silent):
        def fail():
            raise error

        monkeypatch.setattr(health, asking, fail)
        answer = Client().get("/readyz")
        assert answer.status_code == 503
        assert answer.json()[silent] == "does not answer"

    def test_are_never_kept_by_a_cache(self):
        assert "no-store" in Client().get("/healthz")["Cache-Control"]
