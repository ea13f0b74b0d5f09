"""What is asked of a step up or down, of its acknowledgement, and when a held case goes on."""

from typing import Any

from django import forms

from casework.stages.models import THENS, WAYS
from casework.stages.rules import LONGEST, LONGEST_WHOM, Then
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios


def words(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area)


class StepForm(OnceForm):
    called = {"way": "Which way", "whom": "The team", "reason": "Why", "then": "What becomes of our case"}
    way = forms.ChoiceField(label="Which way?", choices=WAYS, widget=Radios)
    whom = forms.CharField(
        label="Which team of theirs, and whom there?", max_length=LONGEST_WHOM,
        help_text="For example “First Response, Jo Hall, duty worker”.",
    )  # fmt: skip
    happened_on = GovDateField(label="When was it?", called="The day", latest=today)
    reason = words("Why?", "What changed, and what was tried. A safeguarding concern is written down as one, first.")
    then = forms.ChoiceField(
        label="What becomes of our case?", choices=THENS, widget=Radios, required=False,
        help_text="Only after a step up. It is never closed by itself.",
    )  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        up = data["way"] == "up"
        return data | {"then": data["then"] if up else Then.GOES_ON.value}


class AcknowledgeForm(OnceForm):
    called = {"who": "Who acknowledged it"}
    who = forms.CharField(label="Who acknowledged it?", max_length=LONGEST_WHOM)
    acknowledged_on = GovDateField(label="When?", called="The day", latest=today)


class GoOnForm(OnceForm):
    called = {"because": "Why it goes on"}
    because = words("Why does it go on?")
