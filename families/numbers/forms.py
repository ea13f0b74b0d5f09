"""The answer to a question whose a number is."""

from django import forms

from families.numbers.models import ANSWER_CHOICES
from families.numbers.rules import Answer
from slf.web.forms import OnceForm, Radios


class NumberForm(OnceForm):
    answer = forms.ChoiceField(
        label="Is it the same person?",
        choices=ANSWER_CHOICES,
        widget=Radios(hints={Answer.SPEAK: "They are told to speak to you, and no more."}),
    )
    note = forms.CharField(
        label="Why",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Read only by those who may see this question.",
    )
