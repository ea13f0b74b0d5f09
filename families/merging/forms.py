"""Why two entries are one person, or are not; what was added since and is of the other."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms

from families.people.models import Person
from slf.access.models import FamilyRecord
from slf.access.rules import SHORTEST_REASON
from slf.web.forms import Checkboxes, GovForm, OnceForm

LONGEST_REASON = 1000


def reason_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, min_length=SHORTEST_REASON, max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class MergeForm(OnceForm):
    """Why they are one."""

    called = {"reason": "Your reason"}
    reason = reason_field("How do you know that they are one person?", "Who said so, or which document.")


class UndoForm(OnceForm):
    """Why they are two after all, and whose is what."""

    called = {"reason": "Your reason"}
    reason = reason_field("Why are they two people?", "Who said so, or which document.")

    def __init__(self, *args: Any, added: Sequence[FamilyRecord], other: Person | str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if added:
            self.fields["moved"] = forms.MultipleChoiceField(
                label=f"What was added since and belongs to {other}?", required=False, widget=Checkboxes,
                choices=[(str(row.uid), f"{row._meta.verbose_name.capitalize()}: {row}") for row in added],
            )  # fmt: skip

    @property
    def said(self) -> dict[str, Any]:
        return {
            "reason": self.cleaned_data["reason"],
            "moved": [UUID(uid) for uid in self.cleaned_data.get("moved", ())],
        }


class ChooseForm(GovForm):
    """Which two of a family."""

    twice = forms.ChoiceField(label="Who is entered twice?", help_text="The entry that is not shown any more.")
    one = forms.ChoiceField(
        label="Who is the one person?", help_text="Their name, date of birth and time in the family are shown."
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(person.uid), in_a_list(person)) for person in people)]
        for name in ("twice", "one"):
            self.fields[name].choices = choices

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("twice") and answers.get("twice") == answers.get("one"):
            self.add_error("one", "Choose two different entries")
        return answers


def in_a_list(person: Person) -> str:
    return f"{person}, born {person.born_on:%-d %B %Y}" if person.born_on else f"{person}, date of birth not known"
