"""The questions of an entry's marks: none is answered before somebody answers it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.provenance.models import Provenance
from casework.provenance.rules import AGENCY_NAMES, GRADE_NAMES, LONGEST_OTHER, READ_BY_AGENCIES, About, Marks
from casework.provenance.services import seen_as
from families.people.models import Membership
from slf.web.forms import Checkboxes, OnceForm


class MarksForm(OnceForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    grade = forms.ChoiceField(
        label="What kind of statement is it?", required=False, choices=[("", "Not marked"), *GRADE_NAMES.items()]
    )
    told_by = forms.ChoiceField(label="Whose information is it?", required=False)
    told_by_other = forms.CharField(label="If somebody else: who?", required=False, max_length=LONGEST_OTHER)
    kept_from = forms.MultipleChoiceField(
        label="Who of the family must not learn of it?", required=False, widget=Checkboxes,
        help_text="It is left out of what is printed for them.",
    )  # fmt: skip
    kept_from_agencies = forms.MultipleChoiceField(
        label="Who else must not learn of it?", required=False, widget=Checkboxes,
        choices=[(agency.value, name) for agency, name in AGENCY_NAMES.items()],
        help_text="They do not see it where the family is shared with them.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, about: About, members: Sequence[Membership], before: Provenance | None,
        said: str = "", **kwargs: Any,
    ):  # fmt: skip
        """``said``: what kind of statement its author said it is, when they wrote it down."""
        marks = before.as_rules() if before else Marks(said)
        by_id = {member.person_id: str(member.person.uid) for member in members}
        super().__init__(*args, initial={
            "grade": marks.grade, "told_by": by_id.get(marks.told_by, ""), "told_by_other": marks.told_by_other,
            "kept_from": [by_id[pk] for pk in marks.kept_from if pk in by_id],
            "kept_from_agencies": sorted(marks.kept_from_agencies), "seen": seen_as(before),
        }, **kwargs)  # fmt: skip
        self.people = {str(member.person.uid): member.person_id for member in members}
        names = [(str(member.person.uid), member.name) for member in members]
        self.fields["told_by"].choices = [("", "Not said"), *names]
        self.fields["kept_from"].choices = names
        if about not in READ_BY_AGENCIES:
            del self.fields["kept_from_agencies"]
        self.others = marks.kept_from - set(by_id)

    @property
    def marks(self) -> Marks:
        """What is said now. Somebody who is not in the family any more stays kept from it."""
        return self.marks_with(self.cleaned_data.get("grade", ""))

    def marks_with(self, grade: str) -> Marks:
        """Return what is said now of an entry whose author said elsewhere what kind of statement it is."""
        said = self.cleaned_data
        kept = frozenset(self.people[uid] for uid in said["kept_from"]) | self.others
        return Marks(
            grade, self.people.get(said["told_by"]), said["told_by_other"].strip(), kept,
            frozenset(said.get("kept_from_agencies", [])),
        )  # fmt: skip
