"""The star on one page: a row of marks for each area, nothing ticked beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from casework.stars import rules
from casework.stars.models import COMPLETED_CHOICES
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

NOT_TALKED_ABOUT = "none"


@dataclass(frozen=True)
class Band:
    """A stage with its marks, each ready to be drawn."""

    stage: rules.Stage
    marks: list[forms.boundfield.BoundWidget]


@dataclass(frozen=True)
class AreaQuestion:
    """One area of the page."""

    area: rules.Area
    field: BoundField
    bands: list[Band]
    none: forms.boundfield.BoundWidget


class ReadingForm(OnceForm):
    """A reading with whatever star is in use. ``marks`` is what the service takes."""

    called = {"taken_on": "The date", "completed": "Who gave the marks"}
    completed = forms.ChoiceField(label="Who gave the marks?", choices=COMPLETED_CHOICES, widget=Radios)
    taken_on = GovDateField(label="When was it?", called="The date", initial=today, latest=today)
    note = forms.CharField(
        label="What the family said", required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, tool: rules.Tool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.tool = tool
        for area in tool.areas:
            self.fields[name_of(area)] = mark_field(area, tool)
        self.order_fields([*map(name_of, tool.areas), "completed", "taken_on", "note", "why"])

    @property
    def questions(self) -> Iterator[AreaQuestion]:
        """Yield the areas of the star, each with its marks in their stages."""
        for area in self.tool.areas:
            field = self[name_of(area)]
            *marks, none = field.subwidgets
            by_mark = dict(zip(self.tool.scale, marks, strict=True))
            bands = [Band(s, [by_mark[m] for m in range(s.lowest, s.highest + 1)]) for s in self.tool.stages]
            yield AreaQuestion(area, field, bands, none)

    def rest(self) -> list[BoundField]:
        """Return the questions after the star."""
        areas = set(map(name_of, self.tool.areas))
        return [field for field in self.visible_fields() if field.name not in areas]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        given = {area.code: answers.pop(name_of(area), NOT_TALKED_ABOUT) for area in self.tool.areas}
        answers["marks"] = {code: int(mark) for code, mark in given.items() if mark != NOT_TALKED_ABOUT}
        if not answers["marks"] and not self.errors:
            self.add_error(None, "Mark at least one area. A reading without a mark says nothing.")
        return answers


class CorrectionForm(ReadingForm):
    """The same page again, with what was recorded filled in and the reason asked."""

    why = forms.CharField(label="What was wrong?", max_length=300, help_text="The wrong reading stays on the record.")


def name_of(area: rules.Area) -> str:
    return f"mark-{area.code}"


def mark_field(area: rules.Area, tool: rules.Tool) -> forms.ChoiceField:
    choices = [(str(mark), str(mark)) for mark in tool.scale] + [(NOT_TALKED_ABOUT, "We did not talk about this")]
    missing = f"Choose a mark for “{area.name}”, or say that you did not talk about it"
    return forms.ChoiceField(
        label=area.name, help_text=area.asks, choices=choices, widget=Radios, error_messages={"required": missing}
    )


def answers_of(reading: Any, tool: rules.Tool) -> dict[str, Any]:
    """Return a reading as the answers that gave it, to be corrected."""
    marks = {name_of(area): str(reading.marks.get(area.code, NOT_TALKED_ABOUT)) for area in tool.areas}
    return {"completed": reading.completed, "taken_on": reading.taken_on, "note": reading.note, **marks}
