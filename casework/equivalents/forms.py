"""What is asked of progress that is worth a goal, and of the decision on it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.equivalents.rules import LONGEST, REASONS
from families.needs.models import Need
from slf.policy.models import value_of
from slf.web.forms import OnceForm, Radios


class EquivalentForm(OnceForm):
    called = {"need": "The need", "because": "Why it counts as equal", "words": "What was reached"}
    need = forms.ChoiceField(label="Which need is it about?", widget=Radios)
    because = forms.ChoiceField(
        label="Why does it count as equal to the goal?", widget=Radios,
        help_text="Goes into a claim with who approves it. What you write below stays in the record.",
    )  # fmt: skip
    words = forms.CharField(
        label="What did the family reach, and how is that known?", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args: Any, needs: Iterable[Need], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.needs = {str(need.uid): need for need in needs}
        self.fields["need"].choices = [(uid, told(need)) for uid, need in self.needs.items()]
        self.fields["because"].choices = value_of(REASONS).choices

    @property
    def told(self) -> dict[str, Any]:
        return self.cleaned_data | {"need": self.needs[self.cleaned_data["need"]]}


class DecisionForm(OnceForm):
    called = {"approve": "Your decision"}
    approve = forms.ChoiceField(
        label="Is this worth the goal that was not reached?", widget=Radios,
        choices=[("yes", "Yes, I approve it in my name"), ("no", "No, I refuse it")],
    )  # fmt: skip
    answer = forms.CharField(
        label="Why?", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed where you refuse it.",
    )  # fmt: skip


class WithdrawForm(OnceForm):
    """A button alone."""


def told(need: Need) -> str:
    return f"{need}{f' ({need.person})' if need.person else ''}"
