from django import forms

from performance.pbr.schemes import load, versions
from slf.web.forms import GovDateField, OnceForm, Radios


class RunForm(OnceForm):
    """A claim run to prepare."""

    scheme = forms.ChoiceField(label="Scheme", choices=[(v, load(v).name) for v in versions()], widget=Radios())
    claim_on = GovDateField(
        label="Day the claim is for", help_text="Families are judged by what was known at the end of this day."
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


class PaymentForm(OnceForm):
    """A payment that arrived."""

    reference = forms.CharField(label="Payment reference", max_length=100)
    on = GovDateField(label="Paid on")
