from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.cases.rules import JOINT_VISIT_WITHIN, wrong_with_handover
from casework.cases.services import NOTHING_TOLD, HandoverNote, hands_over
from families.interests.rules import KNOWS
from referrals.allocation.candidates import Candidate
from referrals.allocation.models import Allocation
from referrals.allocation.rules import Caseload, over_the_limit
from referrals.allocation.services import full_on
from slf.accounts.models import User
from slf.web.forms import GovDateField, OnceForm, Radios
from slf.web.words import EXAMPLE

NO_JOINT_VISIT = "{worker} knows the family and cannot come along"
COMPLEXITY = [("no", "Mixed"), ("yes", "Highly complex")]


class AllocateForm(OnceForm):
    """How heavy the family is, who works with it, and why it is right where that is more than a full caseload."""

    field_order = ("complexity", "worker", "reason", "must_know", "joint_visit_on")
    must_follow = frozenset({"reason", "must_know"})  # wanted with some answers: never said to be optional
    worker = forms.ChoiceField(label="Who will work with the family?", widget=Radios)
    complexity = forms.ChoiceField(
        label="How heavy is this family?",
        choices=COMPLEXITY,
        widget=Radios,
    )

    reason = forms.CharField(
        label="Why is more than a full caseload right?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept with the allocation, with your name.",
    )
    must_know = forms.CharField(
        label="What must the next worker know?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What was promised, what works, what to be careful of. It is kept on the record of the family.",
    )
    joint_visit_on = GovDateField(
        label="When will both workers visit together?",
        called="The joint visit",
        required=False,
        help_text=f"Leave it out if they will not. Within {JOINT_VISIT_WITHIN.days} days: {EXAMPLE}.",
    )

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], present: Allocation | None, on: date, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.present, self.on, full = present, on, full_on(on)
        hints = {"no": full.mixed, "yes": full.highly_complex}
        self.fields["complexity"].widget.hints = {k: f"{n} make a full caseload." for k, n in hints.items()}
        if not self.may_hand_over:
            del self.fields["must_know"], self.fields["joint_visit_on"]
        self.candidates = {str(candidate.worker.uid): candidate for candidate in candidates}
        self.fields["worker"].choices = [(uid, str(found.worker)) for uid, found in self.candidates.items()]

    def clean(self) -> None:
        super().clean()
        if {"worker", "complexity"} <= self.cleaned_data.keys() and self.makes.is_over and not self.why:
            self.add_error("reason", over_the_limit(str(self.chosen), self.makes))
        if "worker" in self.cleaned_data and self.candidates[self.cleaned_data["worker"]].knows_them:
            self.add_error("worker", KNOWS)
        if self.cleaned_data.get("joint_visit_on") and self.former_knows_them:
            self.add_error("joint_visit_on", NO_JOINT_VISIT.format(worker=self.present.worker))
        if "worker" in self.cleaned_data and self.is_handover:
            wrong = wrong_with_handover(
                must_know=self.note.must_know, joint_visit_on=self.note.joint_visit_on, on=self.on
            )
            for name, sentence in wrong.items():
                self.add_error(name, sentence)

    @property
    def former_knows_them(self) -> bool:
        """Tell whether it is declared of the present worker that they know the family."""
        had = self.candidates.get(str(self.present.worker.uid)) if self.present else None
        return had is not None and had.knows_them

    @property
    def may_hand_over(self) -> bool:
        """Tell whether another worker than the present one would be handed the family, and not only put right."""
        return self.present is not None and self.present.period.lower < self.on

    @property
    def is_handover(self) -> bool:
        return self.present is not None and hands_over(self.present, to=self.chosen, on=self.on)

    @property
    def note(self) -> HandoverNote:
        said = self.cleaned_data
        return HandoverNote(said.get("must_know", ""), said.get("joint_visit_on")) if self.is_handover else NOTHING_TOLD

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
