from collections.abc import Sequence
from typing import Any

from django import forms

from performance.claims.offered import Offer
from slf.web.forms import GovDateField, OnceForm, Radios


class RunForm(OnceForm):
    """A claim run to prepare, under one of the schemes that can be claimed under."""

    scheme = forms.ChoiceField(label="Scheme", widget=Radios())
    claim_on = GovDateField(
        label="Day the claim is for", help_text="Families are judged by what was known at the end of this day."
    )

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any):
        super().__init__(*args, **kwargs)
        there = [each for each in offers if not each.why_not]
        field = self.fields["scheme"]
        field.choices = [(each.scheme.version, each.scheme.name) for each in there]
        field.widget.hints = {each.scheme.version: each.hint for each in there}
        left = " ".join(each.why_not for each in offers if each.why_not)
        field.help_text = f"Not to be claimed under yet: {left}" if left else ""


class ReviewForm(OnceForm):
    """A manager's word on what is claimed for families of the locality."""

    agreed = forms.ChoiceField(
        label="Do you agree with what is claimed?",
        choices=[("yes", "Yes, the work behind these claims was done"), ("no", "No, send the run back")],
        widget=Radios(),
        error_messages={"required": "Say whether you agree with what is claimed"},
    )
    word = forms.CharField(
        label="In a few words", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed when you send it back. The data officer, the auditor and those who sign read it.",
    )  # fmt: skip

    def clean(self):
        answers = super().clean()
        if answers.get("agreed") == "no" and not answers.get("word", "").strip():
            self.add_error("word", "Say why you send it back")
        return answers


class CertifyForm(OnceForm):
    """The declaration of the senior responsible officer."""

    declared = forms.BooleanField(
        label="I certify this claim for the council. Others prepared, reviewed, audited and signed it."
    )


class SignForm(OnceForm):
    """The declaration of whoever signs."""

    declared = forms.BooleanField(
        label="I have looked at what is claimed and at what internal audit found. To the best of my knowledge the "
        "evidence supports this claim."
    )


class WithdrawForm(OnceForm):
    """Why a run is withdrawn."""

    reason = forms.CharField(
        label="Why is it withdrawn?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on record with this reason. Its people may be claimed for again.",
    )  # fmt: skip
