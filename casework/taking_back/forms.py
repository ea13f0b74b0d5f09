from django import forms

from casework.taking_back.rules import ANSWERS, LONGEST, Answer
from slf.web.forms import OnceForm, Radios


class AskForm(OnceForm):
    """Why a list is to be taken back."""

    reason = forms.CharField(
        label="Why is it to be taken back?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The locality's manager, or a head of service, reads this and decides.",
        error_messages={"required": "Say why it is to be taken back"},
    )  # fmt: skip


class AnswerForm(OnceForm):
    answer = forms.TypedChoiceField(
        label="What is decided?",
        choices=[(answer.value, words) for answer, words in ANSWERS.items()],
        coerce=Answer,
        widget=Radios(hints={Answer.AGREE: "Nobody sees these families any more. It cannot be undone on a page."}),
        error_messages={"required": "Choose what is decided"},
    )
    note = forms.CharField(
        label="Why", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever asked reads it.",
    )  # fmt: skip
