"""How a form looks and what it says."""

import uuid

import pytest
from django import forms
from django.forms import formset_factory
from django.http import QueryDict

from slf.web.forms import Checkboxes, GovDateField, GovForm, GovFormSet, MoneyField, OnceForm, Radios
from slf.web.summary import all_errors
from tests.slf.web.conftest import read


class VisitForm(GovForm):
    called = {"who": "The person you met"}

    school = forms.CharField(label="Name of the school", max_length=20, help_text="As on the gate.")
    who = forms.CharField(label="Who did you meet?")
    kind = forms.ChoiceField(label="Kind of visit", choices=[("", "Choose"), ("home", "At home")])
    seen = forms.ChoiceField(
        label="Was the child seen?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Radios(reveals={"no": "why_not"}, hints={"yes": "Alone or not."}),
    )
    why_not = forms.CharField(label="Why not?")
    needs = forms.MultipleChoiceField(label="Needs", choices=[("a", "A"), ("b", "B")], widget=Checkboxes)
    cost = MoneyField(label="Cost", required=False, max_value=100)
    note = forms.CharField(label="Note", max_length=50, required=False, widget=forms.Textarea)


GOOD = {"school": "Limehurst", "who": "Dawn", "kind": "home", "seen": "yes", "needs": ["a"]}


def errors_of(**changes):
    return VisitForm({**GOOD, **changes}).errors


class TestAFieldOnThePage:
    def test_ties_label_hint_and_error_to_its_box(self):
        page = read(VisitForm({})["school"].as_field_group())
        box = page.one("input")
        assert page.one("label")["for"] == box["id"]
        assert box["aria-describedby"] == "id_school-hint id_school-error"
        assert page.one(id="id_school-hint").text == "As on the gate."
        assert page.one(id="id_school-error").text == "Error: Enter the name of the school"
        assert "govuk-input--error" in box["class"]

    def test_keeps_what_was_typed(self):
        page = read(VisitForm({"cost": "six"})["cost"].as_field_group())
        assert page.one("input")["value"] == "six"
        assert page.one("input")["type"] == "text"

    def test_escapes_what_was_typed(self):
        markup = str(VisitForm({"school": '"><script>alert(1)</script>'}))
        assert "<script>" not in markup

    def test_says_what_may_be_left_out(self):
        labels = [label.text for label in read(VisitForm()).all("label", cls="govuk-label--s")]
        assert "Cost (optional)" in labels
        assert "Name of the school" in labels

    def test_is_not_checked_by_the_browser_and_remembers_nothing_on_a_shared_laptop(self):
        box = read(VisitForm()["school"].as_field_group()).one("input")
        assert box.get("required") is None
        assert box["autocomplete"] == "off"

    def test_counts_characters_where_there_is_a_limit(self):
        page = read(VisitForm()["note"].as_field_group())
        assert page.one(data_module="govuk-character-count")["data-maxlength"] == "50"
        assert page.one("textarea")["aria-describedby"] == "id_note-info"

    def test_shows_money_with_its_sign(self):
        assert read(VisitForm()["cost"].as_field_group()).one(cls="govuk-input__prefix").text == "£"

    def test_has_no_style_of_its_own(self):
        assert "style=" not in str(VisitForm({}))


class TestRadiosAndCheckboxes:
    def test_stand_in_a_fieldset_named_by_the_question(self):
        page = read(VisitForm({})["seen"].as_field_group())
        assert page.one("legend").text == "Was the child seen?"
        assert page.one("fieldset")["aria-describedby"] == "id_seen-error"

    def test_have_their_hints(self):
        page = read(VisitForm()["seen"].as_field_group())
        assert page.one("input", value="yes")["aria-describedby"] == "id_seen_0-hint"
        assert page.one(id="id_seen_0-hint").text == "Alone or not."

    def test_keep_what_was_chosen(self):
        page = read(VisitForm({"needs": ["b"]})["needs"].as_field_group())
        assert [box["value"] for box in page.all("input") if "checked" in box.attrs] == ["b"]


class TestATick:
    def test_has_its_hint_under_its_label_and_its_error_above(self):
        class Sealed(GovForm):
            sealed = forms.BooleanField(label="Nobody else finds it", help_text="Not even by its name.")

        page = str(Sealed({})["sealed"].as_field_group())
        places = [page.index(part) for part in ("govuk-error-message", "</label>", "govuk-checkboxes__hint")]
        assert places == sorted(places)
        assert read(page).one("input")["aria-describedby"].split() == ["id_sealed-hint", "id_sealed-error"]


class TestAQuestionThatAnAnswerBringsUp:
    def test_stands_under_its_answer_and_nowhere_else(self):
        page = read(VisitForm())
        assert len(page.all("input", name="why_not")) == 1
        assert page.one(cls="slf-follow-up").one("label").text == "Why not?"

    def test_must_be_answered_then(self):
        assert errors_of(seen="no") == {"why_not": ["Answer “Why not?”"]}

    def test_is_not_asked_otherwise(self):
        assert errors_of(seen="yes") == {}

    def test_is_forgotten_when_the_answer_changes(self):
        form = VisitForm({**GOOD, "why_not": "He hid"})
        assert form.is_valid()
        assert form.cleaned_data["why_not"] == ""


class TestANameThatIsAQuestion:
    @pytest.mark.parametrize("name", ["Whose information it is", "Whether it is protected", "What they said"])
    def test_takes_no_article(self, name):
        class Said(GovForm):
            called = {"said": name}
            said = forms.ChoiceField(label="And?", choices=[("a", "A")])

        assert Said({}).errors == {"said": [f"Select {name[0].lower()}{name[1:]}"]}


class TestALabelThatItsAnswerCompletes:
    def test_stands_in_quotes(self):
        class Paid(GovForm):
            on = GovDateField(label="Paid on")
            by = forms.CharField(label="Paid by")

        assert Paid({}).errors == {"on": ["Enter a date for “Paid on”"], "by": ["Enter an answer for “Paid by”"]}
        wrong = Paid({"on_day": "30", "on_month": "2", "on_year": "2014", "by": "x"})
        assert wrong.errors == {"on": ["The date must be a real date"]}


class TestTheSentences:
    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            pytest.param("school", "", "Enter the name of the school", id="a text left out"),
            pytest.param("who", "", "Enter the person you met", id="a question with a name for it"),
            pytest.param("seen", "", "Answer “Was the child seen?”", id="a question"),
            pytest.param("kind", "", "Select the kind of visit", id="a choice left out"),
            pytest.param("needs", [], "Select the needs", id="several choices left out"),
            pytest.param("kind", "moon", "Choose an answer from the list for “Kind of visit”", id="not in the list"),
            pytest.param("cost", "six", "Cost must be a number, like 12.50", id="not a number"),
            pytest.param("cost", "101", "Cost must be 100 or less", id="too much"),
            pytest.param("cost", "-1", "Cost must be 0 or more", id="below nought"),
            pytest.param("cost", "1.234", "Cost must have no more than 2 digits after the point", id="half a penny"),
            pytest.param(
                "school",
                "x" * 21,
                "Name of the school must be 20 characters or fewer. It has 21",
                id="too long",
            ),
            pytest.param(
                "school",
                "a\0b",
                "Name of the school has a character in it that cannot be kept. Type it again",
                id="a NUL",
            ),
        ],
    )
    def test_say_what_to_do(self, field, typed, sentence):
        assert errors_of(**{field: typed})[field] == [sentence]

    def test_leave_the_author_s_own_alone(self):
        class Form(GovForm):
            name = forms.CharField(error_messages={"required": "Who is it?"})

        assert Form({}).errors["name"] == ["Who is it?"]

    def test_bear_a_percent_sign_in_a_label(self):
        class Form(GovForm):
            share = forms.CharField(label="Share of 50%", max_length=2)

        assert Form({"share": "abc"}).errors["share"] == ["Share of 50% must be 2 characters or fewer. It has 3"]
        assert Form({}).errors["share"] == ["Enter the share of 50%"]

    def test_read_money_as_people_write_it(self):
        form = VisitForm({**GOOD, "cost": " £ 1,0.50 ".replace(" ", "")})
        assert form.is_valid()
        assert str(form.cleaned_data["cost"]) == "10.50"


class TestTheErrorSummary:
    def test_leads_to_every_box_that_is_wrong(self):
        form = VisitForm({"seen": "no"})
        page = read(form)
        for error in all_errors(form):
            assert page.all(id=error.href.removeprefix("#")), error

    def test_leads_to_the_box_of_the_date_that_is_wrong(self):
        class Form(GovForm):
            on = GovDateField(label="Date of the visit")

        form = Form({"on_day": "3", "on_month": "", "on_year": "2014"})
        assert [error.href for error in all_errors(form)] == ["#id_on_month"]

    def test_names_what_is_wrong_with_the_whole(self):
        class Form(GovForm):
            a = forms.CharField(required=False)

            def clean(self):
                raise forms.ValidationError("Give one of the two.")

        form = Form({})
        assert [(e.text, e.href) for e in all_errors(form)] == [("Give one of the two.", "#form-errors")]
        assert read(form).one(id="form-errors").text == "Error: Give one of the two."


class TestAFormThatMustTakeEffectOnce:
    class Accept(OnceForm):
        note = forms.CharField(required=False)

    def test_carries_a_new_key_each_time_it_is_opened(self):
        keys = {read(self.Accept()).one("input", name="once")["value"] for _ in range(2)}
        assert len(keys) == 2
        assert all(uuid.UUID(key) for key in keys)

    def test_keeps_the_key_when_it_comes_back_with_an_error(self):
        key = str(uuid.uuid4())
        assert read(self.Accept({"once": key})).one("input", name="once")["value"] == key

    def test_gives_the_key_apart_from_the_answers(self):
        key = uuid.uuid4()
        form = self.Accept({"once": str(key), "note": "x"})
        assert form.is_valid()
        assert form.once == key
        assert form.cleaned_data == {"note": "x"}

    def test_refuses_a_key_that_is_none(self):
        assert self.Accept({"once": "1; drop"}).errors["once"] == [
            "This page is out of date. Open it again and send it once more"
        ]


class ActionForm(GovForm):
    what = forms.CharField(label="What will be done")


class ActionSet(GovFormSet):
    item_name = "Action"


Actions = formset_factory(ActionForm, formset=ActionSet, extra=1, can_delete=True)


class TestSeveralOfTheSame:
    def sent(self, **answers):
        return QueryDict("&".join(f"{k}={v}" for k, v in {"a-TOTAL_FORMS": 1, "a-INITIAL_FORMS": 0, **answers}.items()))

    def test_are_numbered(self):
        assert [legend.text for legend in read(Actions(prefix="a")).all("legend")] == ["Action 1"]

    def test_can_be_one_more_without_losing_what_was_typed(self):
        more = ActionSet.with_another(self.sent(**{"a-0-what": "Ring"}), prefix="a")
        page = read(Actions(more, prefix="a"))
        assert [box.get("value") for box in page.all("input", type="text")] == ["Ring", None]

    def test_can_each_be_removed(self):
        assert "Remove this action" in [label.text for label in read(Actions(prefix="a")).all("label")]

    def test_have_their_errors_in_the_summary(self):
        formset = Actions(self.sent(**{"a-0-what": "", "a-0-DELETE": ""}), prefix="a")
        formset.forms[0].empty_permitted = False
        assert [(e.text, e.href) for e in all_errors(formset)] == [("Enter what will be done", "#id_a-0-what")]


class TestAFormOfSomebodyElses:
    """allauth's forms do not know our mixin; the renderer dresses them all the same."""

    class Foreign(forms.Form):
        login = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "username"}))
        password = forms.CharField(widget=forms.PasswordInput)
        remember = forms.BooleanField(required=False)

    def test_looks_like_ours(self):
        page = read(self.Foreign({}))
        assert "govuk-input" in page.one("input", name="login")["class"]
        assert page.one("input", name="login")["autocomplete"] == "username"
        assert page.one(data_module="govuk-password-input").one("button").text == "Show"
        assert page.one("input", name="remember")["class"] == "govuk-checkboxes__input"
