from django import forms

from families.facts.rules import AGENCIES, CATEGORIES
from families.register.rules import GRADES, PURPOSES
from slf.web.forms import GovDateField, OnceForm, Radios


class RowForm(OnceForm):
    """What a row of the register says. A second person confirms it."""

    called = {
        "purpose": "What it is used for",
        "category": "The kind of information",
        "law": "The law",
        "source": "The source",
        "grade": "How well it is sourced",
    }
    purpose = forms.ChoiceField(
        label="What is it used for?", choices=[(p.value, name) for p, name in PURPOSES.items()], widget=Radios
    )
    category = forms.ChoiceField(label="What kind of information?", choices=[("", "Choose"), *CATEGORIES.items()])
    law = forms.CharField(
        label="By which law?", max_length=200, help_text="The statute and its section, or whose consent."
    )
    by_consent = forms.BooleanField(
        label="It rests on consent",
        required=False,
        help_text="Then each person has to have agreed before anything of this kind is used.",
    )
    starts = GovDateField(label="First day it counts")
    ends_before = GovDateField(label="First day it counts no more", required=False)
    document = forms.CharField(
        label="Where is it written down?",
        max_length=300,
        required=False,
        help_text="The sharing agreement or record of processing, its date and where it is kept.",
    )
    source = forms.CharField(label="What have you read that says so?", max_length=300)
    grade = forms.ChoiceField(label="How well is it sourced?", choices=list(GRADES.items()), widget=Radios)

    def clean(self):
        answers = super().clean()
        starts, ends = answers.get("starts"), answers.get("ends_before")
        if starts and ends and ends <= starts:
            self.add_error("ends_before", "The end must be after the first day it counts")
        return answers


class BasisForm(RowForm):
    special = forms.CharField(
        label="Condition for sensitive information",
        max_length=200,
        required=False,
        help_text="Health, offences, ethnicity and the like need a second condition.",
    )
    field_order = ["purpose", "category", "law", "special"]


class GatewayForm(RowForm):
    called = RowForm.called | {"agency": "The agency"}
    agency = forms.ChoiceField(label="Which agency shares it?", choices=[("", "Choose"), *AGENCIES.items()])
    field_order = ["agency", "purpose", "category", "law"]


class TakeBackForm(OnceForm):
    """Why a proposal is taken back. It never counted, so there is no day to ask for."""

    called = {"because": "Your reason"}
    because = forms.CharField(
        label="Why is it taken back?", min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class EndForm(OnceForm):
    """Since when a row counts no more, and why."""

    called = {"because": "Your reason"}
    on = GovDateField(label="First day it counts no more")
    because = forms.CharField(
        label="Why does it end?", min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
