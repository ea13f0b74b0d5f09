from collections.abc import Sequence
from typing import Any

from django import forms

from referrals.allocation.rules import HIGHLY_COMPLEX, MIXED
from referrals.allocation.services import Candidate
from slf.accounts.models import User
from slf.web.forms import OnceForm, Radios

COMPLEXITY = [("no", MIXED.label), ("yes", HIGHLY_COMPLEX.label)]


class AllocateForm(OnceForm):
    """Who works with the family, and how heavy it is."""

    worker = forms.ChoiceField(label="Who will work with the family?", widget=Radios)
    complexity = forms.ChoiceField(
        label="How heavy is this family?",
        choices=COMPLEXITY,
        widget=Radios(
            hints={"no": f"{MIXED.full} make a full caseload.", "yes": f"{HIGHLY_COMPLEX.full} make a full caseload."}
        ),
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.workers = {str(candidate.worker.uid): candidate.worker for candidate in candidates}
        self.fields["worker"].choices = [(uid, str(worker)) for uid, worker in self.workers.items()]

    @property
    def chosen(self) -> User:
        return self.workers[self.cleaned_data["worker"]]

    @property
    def highly_complex(self) -> bool:
        return self.cleaned_data["complexity"] == "yes"
