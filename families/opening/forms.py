from django import forms

from slf.access.rules import SHORTEST_REASON
from slf.web.forms import OnceForm


class ReasonForm(OnceForm):
    """Why a record is opened."""

    called = {"reason": "Your reason"}
    reason = forms.CharField(
        label="Why do you need to open this record?",
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your reason is kept, and the family's senior can read it.",
    )


class EmergencyForm(ReasonForm):
    """Emergency access to any family, by its reference."""

    reference = forms.CharField(
        label="The family's reference",
        max_length=12,
        help_text="As it was given to you, for example SLF-000123.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["reference", "reason"]
