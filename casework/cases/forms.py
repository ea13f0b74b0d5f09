from collections.abc import Sequence
from typing import Any

from django import forms

from referrals.allocation.rules import HIGHLY_COMPLEX, MIXED, Caseload, over_the_limit
from referrals.allocation.services import Candidate
from slf.accounts.models import User
from slf.web.forms import OnceForm, Radios

COMPLEXITY = [("no", MIXED.label), ("yes", HIGHLY_COMPLEX.label)]


class AllocateForm(OnceForm):
    """How heavy the family is, who works with it, and why it is right where that is more than a full caseload."""

    field_order = ("complexity", "worker", "reason")
    worker = forms.ChoiceField(label="Who will work with the family?", widget=Radios)
    complexity = forms.ChoiceField(
        label="How heavy is this family?",
        choices=COMPLEXITY,
        widget=Radios(
            hints={"no": f"{MIXED.full} make a full caseload.", "yes": f"{HIGHLY_COMPLEX.full} make a full caseload."}
        ),
    )

    reason = forms.CharField(
        label="Why is more than a full caseload right?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept with the allocation, with your name.",
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.candidates = {str(candidate.worker.uid): candidate for candidate in candidates}
        self.fields["worker"].choices = [(uid, str(found.worker)) for uid, found in self.candidates.items()]

    def clean(self) -> None:
        super().clean()
        if {"worker", "complexity"} <= self.cleaned_data.keys() and self.makes.is_over and not self.why:
            self.add_error("reason", over_the_limit(str(self.chosen), self.makes))

    @property
    def asks_why(self) -> bool:
        """Tell whether the page asks for a reason: once somebody was chosen who would have too many."""
        return "reason" in self.errors or bool(self["reason"].value())

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "").strip()

    @property
    def chosen(self) -> User:
        return self.candidates[self.cleaned_data["worker"]].worker

    @property
    def makes(self) -> Caseload:
        return self.candidates[self.cleaned_data["worker"]].with_family(highly_complex=self.highly_complex)

    @property
    def highly_complex(self) -> bool:
        return self.cleaned_data["complexity"] == "yes"
