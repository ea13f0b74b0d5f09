"""A question for one of the numbers."""

from typing import Any

from django import forms

from families.identifiers.rules import Kind


class IdentifierField(forms.CharField):
    """One number, however it is spaced. ``called`` names it in sentences where a page asks for several."""

    def __init__(self, kind: Kind, **kwargs: Any):
        kwargs = {"label": kind.label, "required": False, "help_text": f"If you know it. {kind.like}"} | kwargs
        super().__init__(max_length=20, **kwargs)
        self.kind, self.called = kind, ""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if problem := self.kind.wrong(typed):
            raise forms.ValidationError(f"{self.called or self.label} {problem}", code="invalid")
        return self.kind.read(typed) or ""
