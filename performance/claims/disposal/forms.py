from django import forms

from performance.claims.disposal.rules import LONGEST, SHORTEST
from slf.web.forms import OnceForm


class ProposeForm(OnceForm):
    """Why the evidence of a run may go."""

    reason = forms.CharField(
        label="Why may this evidence go?", min_length=SHORTEST, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays with your name. Say whom you asked whether anybody still needs it.",
    )  # fmt: skip


class KeepForm(OnceForm):
    """Why it is kept for now."""

    reason = forms.CharField(
        label="Why is it kept for now?", min_length=SHORTEST, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example that a complaint or a spot-check is open. It can be proposed again later.",
    )  # fmt: skip


class ConfirmForm(OnceForm):
    """The second person's word."""

    declared = forms.BooleanField(
        label="I have read what goes and what stays. Nobody needs the evidence of this claim any longer."
    )
