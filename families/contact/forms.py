"""A rule of safe contact, asked as a worker would."""

from typing import Any

from django import forms

from families.contact.rules import CHANNEL_CHOICES, DAYS
from slf.web.forms import Checkboxes, OnceForm, Radios

NEVER, SOMETIMES = "never", "sometimes"
NARROW = {"class": "govuk-input--width-5"}


class RuleForm(OnceForm):
    channel = forms.ChoiceField(label="Which way of getting in touch?", choices=CHANNEL_CHOICES, widget=Radios)
    when = forms.ChoiceField(
        label="When is it safe?",
        choices=[(SOMETIMES, "At certain times, or with certain people"), (NEVER, "Never")],
        widget=Radios,
    )
    days = forms.TypedMultipleChoiceField(
        label="On which days?", choices=list(enumerate(DAYS)), coerce=int, required=False, widget=Checkboxes,
        help_text="None ticked: on any day.",
    )  # fmt: skip
    after = forms.TimeField(label="From", required=False, help_text="Like 9:30.", widget=forms.TimeInput(NARROW))
    before = forms.TimeField(label="Until", required=False, help_text="Like 15:00.", widget=forms.TimeInput(NARROW))
    who_answers = forms.CharField(
        label="Who may answer or open it?", max_length=120, required=False, help_text="For example, Donna herself."
    )
    safe_word = forms.CharField(
        label="Safe word", max_length=60, required=False, help_text="What they say when they cannot speak freely."
    )
    source = forms.CharField(label="Where is this from?", max_length=200)
    takes_over = forms.BooleanField(
        label="This rule says it", required=False,
        help_text="The words stay with the rule, and are not asked about again.",
    )  # fmt: skip
    called = {
        "channel": "The way of getting in touch", "when": "When it is safe", "after": "The beginning",
        "before": "The end", "source": "Where this is from",
    }  # fmt: skip

    def __init__(self, *args: Any, told: str = "", **kwargs: Any):
        """``told``: the sentence that came with the family, where no rule says it yet."""
        super().__init__(*args, **kwargs)
        if told:
            self.fields["takes_over"].label = f"This rule says what was told: “{told}”"
            self.fields["source"].initial = "As it was told when the family came to us"
        else:
            del self.fields["takes_over"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["never"] = said.pop("when", "") == NEVER
        after, before = said.get("after"), said.get("before")
        if said["never"] and (after or before or said.get("days")):
            self.add_error("when", "“Never” has no days and no times. Leave them empty")
        if after and before and after >= before:
            self.add_error("before", "The end must be after the beginning")
        return said
