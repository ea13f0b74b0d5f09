"""The answer to a question whether a family is known."""

from django import forms

from referrals.triage.models import MatchQuestion
from slf.web.forms import OnceForm, Radios


class AnswerForm(OnceForm):
    answer = forms.ChoiceField(
        label="Is the referral about this family?",
        choices=MatchQuestion.Answer.choices,
        widget=Radios(
            hints={
                MatchQuestion.Answer.CARRY_ON: "The team is told nothing, as if nobody had been asked.",
                MatchQuestion.Answer.LINKED: "The team is told to speak to you before any work begins, and no more.",
            }
        ),
    )
    note = forms.CharField(
        label="Why",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Read only by those who may see this question.",
    )
