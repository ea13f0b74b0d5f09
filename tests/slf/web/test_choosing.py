"""A form that two people had open: what becomes of what each of them typed."""

from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from slf.web.choosing import Choosing
from slf.web.forms import GovDateField, OnceForm, Radios

OPENED = {"what": "Ring", "who": "anna", "by": date(2014, 10, 1)}
WORDS = st.sampled_from(["Ring", "Write", "Visit"])


class Errand(Choosing, OnceForm):
    what = forms.CharField(label="What?", required=False)
    who = forms.ChoiceField(label="Who?", choices=[("anna", "Anna"), ("ben", "Ben")], widget=Radios)
    by = GovDateField(label="By when?")


def sent(answers, *, opened=OPENED, revision=1, **more):
    day = answers["by"]
    parts = {"by_day": day.day, "by_month": day.month, "by_year": day.year}
    typed = {name: said for name, said in answers.items() if name != "by"}
    was = Errand(stands=opened, revision=revision)["was"].value()
    return {**typed, **{name: str(part) for name, part in parts.items()}, "was": was, "revision": str(revision), **more}


def met(mine, theirs, *, revision=2, **more):
    """Return the form of somebody who typed ``mine`` while somebody else made it ``theirs``."""
    form = Errand(sent(OPENED | mine, **more), stands=OPENED | theirs, revision=revision)
    form.is_valid()
    return form


class TestWhatOneOfThemChanged:
    def test_stands_whoever_it_was(self):
        form = met({"what": "Write"}, {"who": "ben", "by": date(2014, 11, 1)})
        assert form.cleaned_data == {"what": "Write", "who": "ben", "by": date(2014, 11, 1)}

    def test_is_one_answer_where_both_say_the_same(self):
        assert met({"what": "Write"}, {"what": "Write"}).cleaned_data["what"] == "Write"

    def test_takes_an_answer_away_too(self):
        assert met({"what": ""}, {"who": "ben"}).cleaned_data == OPENED | {"what": "", "who": "ben"}


class TestWhatBothChanged:
    def test_is_asked_beside_the_answer_with_both_kept(self):
        form = met({"what": "Write", "by": date(2014, 12, 1)}, {"what": "Visit", "who": "ben", "by": date(2014, 11, 1)})
        assert form.differing == ("what", "by")
        assert list(form.errors) == ["keep-what", "keep-by"]
        page = form.render()
        for words in ("Write", "What somebody else wrote: Visit", "What somebody else wrote: 1 November 2014"):
            assert words in page

    @pytest.mark.parametrize(("chosen", "stands"), [(0, "Write"), (1, "Visit")])
    def test_becomes_what_was_chosen(self, chosen, stands):
        asked = met({"what": "Write"}, {"what": "Visit"})
        choice = asked.fields["keep-what"].choices[chosen][0]
        assert met({"what": "Write"}, {"what": "Visit"}, **{"keep-what": choice}).cleaned_data["what"] == stands

    def test_is_asked_again_when_it_changed_once_more(self):
        choice = met({"what": "Write"}, {"what": "Visit"}).fields["keep-what"].choices[0][0]
        again = met({"what": "Write"}, {"what": "Wait"}, revision=3, **{"keep-what": choice})
        assert again.differing == ("what",)
        assert "What somebody else wrote: Wait" in again.render()

    def test_is_asked_of_every_answer_by_a_page_that_does_not_say_what_it_opened(self):
        form = met({"what": "Write"}, {"what": "Visit"}, was="")
        assert form.differing == ("what",)


class TestWhoeverWritesAlone:
    def test_is_asked_nothing(self):
        form = Errand(sent(OPENED | {"what": "Write"}), stands=OPENED, revision=1)
        assert form.is_valid()
        assert form.cleaned_data["what"] == "Write"


@given(mine=WORDS, theirs=WORDS)
def test_nothing_is_overwritten_without_a_word(mine, theirs):
    form = met({"what": mine}, {"what": theirs})
    both = {mine, theirs} - {"Ring"}
    assert (form.differing == ("what",)) is (len(both) == 2)
    assert form.differing or form.cleaned_data["what"] in (both or {"Ring"})
