"""Proposing: a field for each figure of a rule, begun with what counts now; or a tick for each that waits."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from performance.pbr.rules import Row
from performance.pbr.rules.figures import Figure, Holds, figures, wrong
from slf.web.forms import Checkboxes, OnceForm, Radios

LINES = {"rows": 6}
TOO_LONG = 10
LISTED = {
    Holds.WORDS: "One on each line.",
    Holds.PAIRS: "One on each line: the need, a colon, the problem. Add “, adult” or “, child” to a need that differs.",
}


class DocumentForm(OnceForm):
    """What every proposal says: which document it rests on, and why."""

    called = {"document": "The document"}
    document = forms.CharField(
        label="Which document does it rest on?",
        max_length=300,
        help_text="Its name and date, and where it is kept. A second person reads it before they confirm.",
    )
    reason = forms.CharField(
        label="Anything the second person should know", max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class RuleForm(DocumentForm):
    """The figures of one rule."""

    def __init__(self, *args: Any, row: Row, **kwargs: Any):
        self.row = row
        super().__init__(*args, **kwargs)
        asked = {f"figure_{figure.key}": field_of(figure, value) for figure, value in figures(row.value)}
        for name, field in asked.items():
            self._word(name, field)
        self.fields = asked | self.fields

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and (problems := wrong(self.row.value, self.value)):
            for sentence in problems:
                self.add_error(None, sentence)
        return said

    @property
    def value(self) -> dict[str, Any]:
        """The whole value of the rule, with what was typed for its figures."""
        typed = {
            figure.key: read(figure, self.cleaned_data[f"figure_{figure.key}"]) for figure, _ in figures(self.row.value)
        }
        return {**self.row.value, **typed}

    @property
    def change(self) -> dict[str, Any]:
        """The change this is: another value, or the rule confirmed as it stands."""
        same = self.value == dict(self.row.value)
        return {"rule": self.row.id, "value": None if same and not self.row.settled else self.value}


class SeveralForm(DocumentForm):
    """Several rules that one document confirms as they stand."""

    called = DocumentForm.called | {"rules": "At least one rule"}
    rules = forms.MultipleChoiceField(
        label="Which rules does it confirm, as they stand?",
        widget=Checkboxes,
        help_text="Each with the value it has now.",
    )

    def __init__(self, *args: Any, rows: Iterable[Row], words: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["rules"].choices = [(row.id, f"{row.id}: {row.question}{words[row.id]}") for row in rows]
        self.fields = {"rules": self.fields["rules"]} | self.fields

    @property
    def changes(self) -> list[dict[str, Any]]:
        return [{"rule": rule} for rule in self.cleaned_data["rules"]]


def field_of(figure: Figure, value: Any) -> forms.Field:
    label = f"{figure.called}{f' ({figure.unit})' if figure.unit else ''}"
    if figure.holds is Holds.NUMBER:
        return forms.IntegerField(label=label, min_value=figure.least, max_value=figure.most, initial=value)
    if figure.holds is Holds.POUNDS:
        return forms.DecimalField(label=label, min_value=0, max_digits=9, decimal_places=2, initial=value)
    if figure.holds is Holds.YES_NO:
        choices = [("yes", "Yes"), ("no", "No")]
        return forms.ChoiceField(label=label, choices=choices, widget=Radios(), initial="yes" if value else "no")
    if figure.holds is Holds.CHOICE:
        choices = [(each, each.capitalize()) for each in figure.choices]
        return forms.ChoiceField(label=label, choices=choices, widget=Radios(), initial=value)
    listed = figure.holds in LISTED
    lines = value if listed else [f"{name} {number}" for name, number in value.items()]
    told = LISTED.get(figure.holds, "One on each line: the name, a space, the number.")
    widget = forms.Textarea(attrs=LINES)
    return forms.CharField(label=label, initial="\n".join(lines), widget=widget, help_text=told, required=listed)


def read(figure: Figure, typed: Any) -> Any:
    """Return what was typed for a figure as a rule keeps it."""
    if figure.holds is Holds.POUNDS:
        return f"{typed:f}".rstrip("0").rstrip(".") if "." in f"{typed:f}" else f"{typed:f}"
    if figure.holds is Holds.YES_NO:
        return typed == "yes"
    if figure.holds in LISTED:
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if figure.holds is Holds.NUMBERS:
        pairs = (line.strip().rpartition(" ") for line in typed.splitlines() if line.strip())
        return {
            name.strip(): int(number) if number.isdecimal() and len(number) < TOO_LONG else number
            for name, _, number in pairs
        }
    return typed
