"""What a field's template asks: its kind, the ids that tie label, hint, error and box together, its choices."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from slf.web.dates import PARTS, DateParts

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateParts, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectDateWidget, "other"),
    (forms.MultiWidget, "other"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.widgets.Input, "input"),
)
STYLED = {"select": "govuk-select", "textarea": "govuk-textarea", "file": "govuk-file-upload"} | dict.fromkeys(
    ("input", "password"), "govuk-input"
)
DIGITS_THAT_FIT = (2, 3, 4, 5, 10, 20, 30)


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox with all that its template needs."""

    id: str
    name: str
    kind: str
    value: str
    label: str
    hint: str
    checked: bool
    disabled: bool
    follow_up: BoundField | None


class GovBoundField(BoundField):
    """A field with its answer, as the GOV.UK templates see it."""

    @property
    def kind(self) -> str:
        widget = self.field.widget
        return next((kind for known, kind in KINDS if isinstance(widget, known)), "other")

    @property
    def shown_label(self) -> str:
        """The label; what may be left out says so."""
        needed = self.field.required or self.name in getattr(self.form, "must_follow", ())
        return str(self.label) if needed or self.kind == "checkbox" else f"{self.label} (optional)"

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint" if self.help_text else ""

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error" if self.errors else ""

    @property
    def count_id(self) -> str:
        return f"{self.auto_id}-info" if self.counts_characters else ""

    @property
    def counts_characters(self) -> bool:
        return self.kind == "textarea" and bool(getattr(self.field, "max_length", None))

    @property
    def module(self) -> str:
        """The module of GOV.UK Frontend that wakes up on this field."""
        if self.kind == "password":
            return "govuk-password-input"
        return "govuk-character-count" if self.counts_characters else ""

    @property
    def aria_describedby(self) -> str | None:
        described = self.field.widget.attrs.get("aria-describedby") if self.field.widget.attrs else None
        return described or " ".join(filter(None, (self.hint_id, self.error_id, self.count_id))) or None

    @property
    def first_id(self) -> str:
        """Where a link in the error summary lands: the first box that is wrong."""
        if self.kind == "date":
            return f"{self.auto_id}_{self.wrong_parts[0]}"
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        return self.id_for_label

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The boxes of a date that are wrong: those the error names, else all of them."""
        for error in self.form.errors.get(self.name, self.form.error_class()).as_data():
            if named := (error.params or {}).get("parts"):
                return named
        return PARTS

    @property
    def reveals(self) -> dict[str, str]:
        return getattr(self.field.widget, "reveals", {})

    @property
    def prefix_text(self) -> str:
        return getattr(self.field, "prefix", "")

    @property
    def choices(self) -> Iterator[Choice]:
        """The radios or checkboxes, each with its hint and the field it reveals."""
        hints = getattr(self.field.widget, "hints", {})
        for part in self.subwidgets:
            value = str(part.data["value"])
            reveals = self.form[self.reveals[value]] if value in self.reveals else None
            yield Choice(
                id=part.id_for_label,
                name=part.data["name"],
                kind=part.data["type"],
                value=value,
                label=str(part.choice_label),
                hint=hints.get(value, ""),
                checked=bool(part.data["selected"]),
                disabled=bool(part.data["attrs"].get("disabled")),
                follow_up=reveals,
            )

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        attrs.update(self._style(widget))
        if self.kind in {"input", "textarea"} and "autocomplete" not in widget.attrs:
            attrs["autocomplete"] = "off"  # a shared laptop must not offer one family's answers for the next
        if self.kind == "date" and self.errors:
            attrs["data-wrong"] = " ".join(self.wrong_parts)
        return attrs

    def _style(self, widget: forms.Widget) -> dict[str, str]:
        base = STYLED.get(self.kind)
        if not base:
            return {}
        wrong = f"{base}--error" if self.errors else ""
        parts = (base, wrong, self._scripted(), self._width(), widget.attrs.get("class", ""))
        return {"class": " ".join(filter(None, parts))}

    def _scripted(self) -> str:
        """The classes by which the module finds its box."""
        if self.kind == "password":
            return "govuk-password-input__input govuk-js-password-input-input"
        return "govuk-js-character-count" if self.counts_characters else ""

    def _width(self) -> str:
        """A box as wide as its answer: digits for numbers, the longest answer for short texts."""
        if self.kind != "input":
            return ""
        if isinstance(self.field, forms.IntegerField):  # whole numbers; DecimalField and FloatField come from it
            return "govuk-input--width-10" if hasattr(self.field, "decimal_places") else "govuk-input--width-5"
        longest = getattr(self.field, "max_length", None) or 0
        fits = next((n for n in DIGITS_THAT_FIT if 0 < longest <= n), 0)
        return f"govuk-input--width-{fits}" if fits else ""
