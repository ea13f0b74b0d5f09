"""What every page of a draft asks in the same way."""

from typing import Any

from django import forms

from slf.web.forms import GovForm, Radios

YES_NO = [("yes", "Yes"), ("no", "No")]


class DraftForm(GovForm):
    """Fields an author makes required are needed to send: here they may be left empty, and are not called optional."""

    def __init__(self, *args: Any, insist: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.insists = insist
        self.must_follow |= {name for name, field in self.fields.items() if field.required}
        for field in self.fields.values():
            field.required = False

    def _insist(self, name: str) -> None:
        """Leave what is missing for the day it is sent, unless whoever fills it in wants to go on from a page."""
        if self.insists:
            super()._insist(name)


class YesNo(forms.ChoiceField):
    """Yes, no or not answered yet, as True, False and None."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"choices": YES_NO, "widget": Radios(inline=True)} | kwargs)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
