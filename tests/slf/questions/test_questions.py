"""No question is asked twice for one family: what every form asks, held against what a record has."""

from pathlib import Path

import pytest
from django import forms
from django.conf import settings

from slf.questions import found
from slf.questions.rules import STANDING, How


@pytest.fixture(scope="module")
def asked():
    return found.questions()


class TestTheInventory:
    def test_says_of_every_place_why_it_asks_what_a_record_has(self, asked):
        assert found.unsaid(asked) == []
        assert found.stale(asked) == []

    def test_has_no_word_for_what_is_asked_again(self):
        assert [how.value for how in How] == ["first", "changes", "prefilled", "chooses", "other"]

    def test_has_a_place_for_everything_a_record_has(self, asked):
        assert {one.means for one in asked} - {""} == set(STANDING)

    def test_stands_in_the_documents_as_it_is_made(self, asked):
        written, made = Path(settings.BASE_DIR, "docs", "questions.md").read_text(), found.in_words(asked)
        parts = [page.partition(found.REST)[0] for page in (written, made)]
        assert parts[0] == parts[1], "Run: .venv/bin/python manage.py questions"


class TestANewForm:
    @pytest.mark.parametrize(
        ("name", "label"),
        [("born_on", "Birthday"), ("x", "What is your date of birth?"), ("x", "Telephone number"), ("postcode", "")],
    )
    def test_that_asks_what_the_record_has_is_found(self, name, label):
        made = type("NewForm", (forms.Form,), {name: forms.CharField(label=label), "__module__": "casework.new.forms"})
        (question,) = found.asked_by(made)
        assert found.unsaid([question]) == [f"casework.new.forms.NewForm.{name}"]

    def test_that_asks_something_of_its_own_is_none_of_them(self):
        made = type("OtherForm", (forms.Form,), {"why": forms.CharField(), "__module__": "casework.new.forms"})
        assert found.unsaid(list(found.asked_by(made))) == []
