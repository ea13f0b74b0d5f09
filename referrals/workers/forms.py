from datetime import date
from typing import Any

from django import forms

from families.about.rules import BESIDE_ENGLISH
from referrals.workers.rules import DAYS, wrong_with_leave
from referrals.workers.services import Pattern
from slf.web.forms import Checkboxes, GovDateField, OnceForm

DISTRICT = r"^[A-Z]{1,2}[0-9][A-Z0-9]?$"


class PatternForm(OnceForm):
    """When somebody works, what they speak, and where they start from."""

    called = {"days": "The days"}
    days = forms.TypedMultipleChoiceField(
        label="Which days?", choices=list(enumerate(DAYS)), coerce=int, widget=Checkboxes
    )
    evenings = forms.BooleanField(label="Evenings too", required=False)
    languages = forms.MultipleChoiceField(
        label="Which languages beside English?", choices=list(BESIDE_ENGLISH.items()), required=False, widget=Checkboxes
    )
    district = forms.RegexField(
        label="Which postcode district do they start from?",
        help_text="The first half of a postcode, like LE11.",
        regex=DISTRICT,
        required=False,
        max_length=4,
        error_messages={"invalid": "The district must be the first half of a postcode, like LE11"},
        widget=forms.TextInput({"class": "govuk-input--width-4", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self.data.copy()
            self.data["district"] = self.data.get("district", "").strip().upper()

    @property
    def pattern(self) -> Pattern:
        said = self.cleaned_data
        return Pattern(tuple(said["days"]), said["evenings"], tuple(said["languages"]), said["district"])


class LeaveForm(OnceForm):
    """The first and the last day away. Nobody is asked why."""

    first = GovDateField(label="First day away", called="The first day away")
    last = GovDateField(label="Last day away", called="The last day away", help_text="The same day, if it is one day.")

    def clean(self) -> None:
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if isinstance(first, date) and isinstance(last, date) and (wrong := wrong_with_leave(first, last)):
            self.add_error("last", wrong)
