"""A date asked in three boxes, with a sentence for each way it can be wrong and nothing typed lost."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

from slf.web.words import day_in_words

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LEADS_ON = frozenset(("at", "between", "by", "for", "from", "in", "of", "on", "since", "to", "until", "with"))
YEAR_DIGITS, MOST_DIGITS = 4, 9
Typed = tuple[str, str, str]


class DateParts(forms.Widget):
    """Three boxes named ``<name>_day``, ``<name>_month`` and ``<name>_year``."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, autocomplete: str = ""):
        super().__init__(attrs)
        self.autocomplete = autocomplete

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> Typed:
        return tuple(str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any]) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        wrong = context["widget"]["attrs"].pop("data-wrong", "").split()
        boxes = zip(PARTS, as_typed(value), (2, 2, 4), strict=True)
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{part}",
                "label": part.capitalize(),
                "value": typed,
                "width": width,
                "wrong": part in wrong,
                "autocomplete": f"{self.autocomplete}-{part}" if self.autocomplete else "off",
            }
            for part, typed, width in boxes
        ]
        return context

    def format_value(self, value: Any) -> Any:
        return value


class GovDateField(forms.Field):
    """A ``DateField`` in three boxes. ``called`` names it in sentences; the limits may be functions."""

    widget = DateParts

    def __init__(
        self,
        *,
        called: str = "",
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        autocomplete: str = "",
        **kwargs: Any,
    ):
        kwargs.setdefault("widget", DateParts(autocomplete=autocomplete))
        super().__init__(**kwargs)
        self.called, self.earliest, self.latest = called, earliest, latest

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = as_typed(value)
        if not any(typed):
            return None
        self._refuse_missing(typed)
        day, month, year = self._read_parts(typed)
        try:
            return date(year, month, day)
        except ValueError as impossible:
            raise self.sentence("must be a real date") from impossible

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if (earliest := settled(self.earliest)) and value < earliest:
            raise self.sentence(f"must be on or after {day_in_words(earliest)}")
        if (latest := settled(self.latest)) and value > latest:
            raise self.sentence(f"must be on or before {day_in_words(latest)}")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return as_typed(settled(initial)) != as_typed(data)

    def sentence(self, rest: str, *, parts: tuple[str, ...] = PARTS) -> forms.ValidationError:
        return forms.ValidationError(f"{self.name} {rest}", code="invalid", params={"parts": parts})

    @property
    def name(self) -> str:
        label = str(self.label or "")
        stands_alone = label and not label.endswith("?") and not breaks_off(label)
        return self.called or (label if stands_alone else "The date")

    def _refuse_missing(self, typed: Typed) -> None:
        missing = tuple(part for part, text in zip(PARTS, typed, strict=True) if not text)
        if missing:
            raise self.sentence(f"must include a {' and '.join(missing)}", parts=missing)

    def _read_parts(self, typed: Typed) -> tuple[int, int, int]:
        day, month, year = as_number(typed[0]), as_month(typed[1]), as_number(typed[2])
        numbers = dict(zip(PARTS, (day, month, year), strict=True))
        if unread := tuple(part for part, number in numbers.items() if number is None):
            raise self.sentence("must be a real date, like 27 3 2012", parts=unread)
        if len(typed[2]) != YEAR_DIGITS:
            raise self.sentence("must have a year of 4 numbers, like 2012", parts=("year",))
        return day, month, year


def breaks_off(label: str) -> bool:
    """Tell a label that its answer completes ("Paid on"), and that stands in no sentence."""
    return label.rsplit(" ", 1)[-1].lower() in LEADS_ON


def settled(value: Any) -> Any:
    return value() if callable(value) else value


def as_typed(value: Any) -> Typed:
    """Return what stands in the three boxes, for a date, for what was typed, or for nothing."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, str) and value:
        return as_typed(date.fromisoformat(value))
    return tuple(value) if value else ("", "", "")


def as_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def as_month(text: str) -> int | None:
    """Read 3, 03, "Mar" or "March"."""
    start = text[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else as_number(text)
