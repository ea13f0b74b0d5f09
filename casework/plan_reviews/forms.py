"""The review of a plan as it is asked: of each goal how it went, what the family says, when to look next."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from casework.plan_reviews.rules import FURTHEST, LONGEST, WENT_NAMES
from casework.plan_reviews.services import Said
from casework.plans.models import Goal
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios


class ReviewForm(OnceForm):
    """Two questions for each goal, then those about the whole plan. Nothing is ticked beforehand."""

    called = {"family_says": "What the family says"}
    family_says = forms.CharField(
        label="What does the family say about the plan?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In their words. Say whose words they are.",
    )  # fmt: skip
    held_on = GovDateField(label="When did you look at it together?", called="The day", initial=today, latest=today)
    next_on = GovDateField(label="When do you look at it next?", called="The day of the next review")

    def __init__(self, *args: Any, goals: Sequence[Goal], agreed_on: date, every: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        questions = {}
        for number, goal in enumerate(self.goals, start=1):
            questions |= self._about(goal, number)
        rest = {name: self.fields[name] for name in ("family_says", "held_on", "next_on", "once")}
        self.fields = {**questions, **rest}
        self.fields["held_on"].earliest = agreed_on
        self.fields["next_on"].earliest = agreed_on
        self.fields["next_on"].latest = today() + FURTHEST
        self.initial.setdefault("next_on", today() + timedelta(days=every))

    def _about(self, goal: Goal, number: int) -> dict[str, forms.Field]:
        went = forms.ChoiceField(
            label=f"Goal {number}: {goal.words}", choices=list(WENT_NAMES.items()), widget=Radios,
            error_messages={"required": f"Say how goal {number} went"},
        )  # fmt: skip
        words = forms.CharField(
            label=f"What is different now? (goal {number})", max_length=LONGEST, required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
        found: dict[str, forms.Field] = {f"went_{goal.uid}": went, f"words_{goal.uid}": words}
        for name, field in found.items():
            self._word(name, field)
        return found

    @property
    def told(self) -> dict[str, Any]:
        """Return the review as the service takes it."""
        said = self.cleaned_data
        goals = {
            goal.pk: Said(said[f"went_{goal.uid}"], said.get(f"words_{goal.uid}", "")) for goal in self.goals
        }  # fmt: skip
        return {"goals": goals, **{name: said[name] for name in ("family_says", "held_on", "next_on")}}
