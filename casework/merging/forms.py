"""Why two families are one, or are not; which other family it is."""

from typing import Any

from django import forms

from families.merging.forms import UndoForm, reason_field
from slf.web.forms import GovForm, OnceForm


class MergeForm(OnceForm):
    """Why they are one."""

    called = {"reason": "Your reason"}
    reason = reason_field("How do you know that they are one family?", "Who said so, or which document.")


class ApartForm(UndoForm):
    """Why they are two after all, and which of the two was written of."""

    reason = reason_field("Why are they two families?", "Who said so, or which document.")


class ReferenceForm(GovForm):
    """Which other family."""

    reference = forms.CharField(
        label="Reference of the other family", help_text="For example SLF-000123.", max_length=20
    )

    def __init__(self, *args: Any, here: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.here = here

    def clean_reference(self) -> str:
        said = str(self.cleaned_data["reference"]).strip().upper()
        if said == self.here:
            raise forms.ValidationError("Give the reference of another family")
        return said
