"""Proposing a value: one form for each kind of setting, begun with the value in force."""

from typing import Any

from django import forms

from slf.clock import today
from slf.policy.rules import LONGEST_LABEL, LONGEST_NUMBER, Number, ReasonList, Setting, Telephone, Ticks, code_for
from slf.web.forms import Checkboxes, GovDateField, OnceForm

NEW_REASONS = ("new_1", "new_2", "new_3")


class ValueForm(OnceForm):
    """What every proposal says: the value (``asked``), from which day, by which document."""

    called = {"document": "The document"}
    starts_on = GovDateField(label="From which day?", called="The first day")
    document = forms.CharField(
        label="Which document does it rest on?",
        max_length=300,
        help_text="Its name and date, and where it is kept. A second person reads it before they confirm.",
    )

    def __init__(self, *args: Any, setting: Setting[Any], raw: Any, **kwargs: Any):
        self.setting, self.raw = setting, raw
        super().__init__(*args, initial={"starts_on": today()}, **kwargs)
        asked = self.asked()
        for name, field in asked.items():
            self._word(name, field)
        self.fields = asked | self.fields

    def asked(self) -> dict[str, forms.Field]:
        """Return the fields of the value, begun with the one in force."""
        raise NotImplementedError

    @property
    def value(self) -> Any:
        return self.cleaned_data["value"]


class NumberForm(ValueForm):
    called = ValueForm.called | {"value": "The number"}

    def asked(self) -> dict[str, forms.Field]:
        kind = self.setting.kind
        label = f"How many {kind.unit}?"
        field = forms.IntegerField(label=label, min_value=kind.least, max_value=kind.most, initial=self.raw)
        return {"value": field}


class TelephoneForm(ValueForm):
    called = ValueForm.called | {"value": "The telephone number"}

    def asked(self) -> dict[str, forms.Field]:
        field = forms.CharField(label="Which telephone number?", max_length=LONGEST_NUMBER, initial=self.raw)
        return {"value": field}


class ReasonsForm(ValueForm):
    """The words of each reason, whether it is retired, and room for new ones."""

    def asked(self) -> dict[str, forms.Field]:
        known: dict[str, forms.Field] = {}
        for number, one in enumerate(self.raw, start=1):
            known |= reason_fields(number, one)
        new = {
            name: forms.CharField(label=f"New reason {number}", max_length=LONGEST_LABEL, required=False)
            for number, name in enumerate(NEW_REASONS, start=1)
        }
        return known | new

    @property
    def value(self) -> list[dict[str, Any]]:
        said, codes = self.cleaned_data, [one["code"] for one in self.raw]
        found = [{"code": c, "label": said[f"label_{c}"], "retired": said[f"retired_{c}"]} for c in codes]
        for name in NEW_REASONS:
            if label := said[name]:
                codes.append(code_for(label, taken=codes))
                found.append({"code": codes[-1], "label": label, "retired": False})
        return found


def reason_fields(number: int, one: dict[str, Any]) -> dict[str, forms.Field]:
    words = forms.CharField(label=f"Reason {number}", max_length=LONGEST_LABEL, initial=one["label"])
    retired = forms.BooleanField(
        label=f"Reason {number} is not chosen any more", required=False, initial=one["retired"]
    )
    return {f"label_{one['code']}": words, f"retired_{one['code']}": retired}


class TicksForm(ValueForm):
    """A group of boxes for each row of the table."""

    def asked(self) -> dict[str, forms.Field]:
        table, ticked = self.setting.kind, self.setting.read(self.raw)
        self.must_follow |= set(table.rows)  # no box is an answer too
        return {
            row: forms.MultipleChoiceField(
                label=name, choices=list(table.columns.items()), widget=Checkboxes, required=False,
                initial=[column for column in table.columns if (row, column) in ticked],
            )
            for row, name in table.rows.items()
        }  # fmt: skip

    @property
    def value(self) -> list[str]:
        return [f"{row}:{column}" for row in self.setting.kind.rows for column in self.cleaned_data[row]]


FORMS: dict[type, type[ValueForm]] = {
    Number: NumberForm,
    Telephone: TelephoneForm,
    ReasonList: ReasonsForm,
    Ticks: TicksForm,
}


def form_for(setting: Setting[Any]) -> type[ValueForm]:
    return FORMS[type(setting.kind)]
