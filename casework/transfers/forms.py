from typing import Any

from django import forms

from casework.transfers.rules import KEEP_DAYS, LONGEST_AHEAD
from slf.access.models import Locality
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios
from slf.web.words import EXAMPLE


def latest() -> Any:
    return today() + LONGEST_AHEAD


class ProposeForm(OnceForm):
    """Where a family goes, from when, why, and what the next worker must know."""

    called = {
        "to": "The locality it goes to", "reason": "Why it goes", "must_know": "What the next worker must know",
        "keep_days": "Whether the worker keeps it for a time",
    }  # fmt: skip
    to = forms.ModelChoiceField(
        label="Which locality does the family move to?", queryset=Locality.objects.none(), to_field_name="slug",
        widget=Radios, empty_label=None,
    )  # fmt: skip
    moves_on = GovDateField(
        label="From which day?", called="The day", latest=latest,
        help_text="From this day on the family counts with the other locality.",
    )  # fmt: skip
    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    must_know = forms.CharField(
        label="What must the next worker know?", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Who is at risk, what was promised, how it is safe to get in touch. It is told when the other "
        "locality has accepted the family, and not before.",
    )  # fmt: skip
    keep_days = forms.TypedChoiceField(
        label="Shall the worker until now keep the record open for a time?", coerce=int, widget=Radios,
        choices=[(days, f"For {days} days" if days else "No") for days in KEEP_DAYS],
        help_text=f"For a joint visit. The numbers of days are an {EXAMPLE}.",
    )  # fmt: skip

    def __init__(self, *args: Any, held: Locality | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Locality.objects.exclude(pk=held.pk if held else None)


class SendBackForm(OnceForm):
    """Why a family is not taken over."""

    answer = forms.CharField(
        label="Why is it sent back?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Give the reason: the other locality reads it"},
    )  # fmt: skip
