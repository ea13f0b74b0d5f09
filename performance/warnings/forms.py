"""Several warnings, each ticked under its check, and one reason for all of them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from performance.warnings.rules import ASKS, SHORTEST
from slf.web.forms import Checkboxes, OnceForm


class SignOffForm(OnceForm):
    """One field for each check that warned, so that those of a kind stand together."""

    called = {"reason": "Why they are signed off"}
    reason = forms.CharField(
        label="Why may they stand?", min_length=SHORTEST, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One reason for all that you ticked. It is kept with your name, and internal audit reads it.",
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Mapping[int, Iterable[Any]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        asked = {f"check_{number}": ticks(number, warnings) for number, warnings in groups.items()}
        for name, field in asked.items():
            self._word(name, field)
        self.fields = asked | self.fields

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and not self.chosen:
            self.add_error(None, "Tick at least one warning.")
        return said

    @property
    def chosen(self) -> list[UUID]:
        ticked = (value for name, value in self.cleaned_data.items() if name.startswith("check_"))
        return [UUID(uid) for each in ticked for uid in each]


class TakeBackForm(OnceForm):
    called = {"reason": "Why it is taken back"}
    reason = forms.CharField(
        label="Why is it taken back?", min_length=SHORTEST, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def ticks(number: int, warnings: Iterable[Any]) -> forms.MultipleChoiceField:
    choices = [(str(each.uid), f"{each}: {each.sentence}") for each in warnings]
    return forms.MultipleChoiceField(
        label=f"Check {number}. {ASKS.get(number, '')}", widget=Checkboxes, choices=choices, required=False
    )
