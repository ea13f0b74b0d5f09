from typing import Any

from django import forms

from performance.audit.models import FOUND, LONGEST_NOTE, AuditTest
from performance.audit.rules.drawing import LONGEST_SEED
from performance.audit.rules.sheet import ASKED, CALLED, Section, Sheet, missing, sheet_of
from slf.web.forms import OnceForm, Radios


class DrawForm(OnceForm):
    """The seed of a sample."""

    seed = forms.CharField(
        label="Seed", max_length=LONGEST_SEED, required=False,
        help_text="Any letters and figures you choose, for example from dice. Leave it empty to have one made. It is "
        "fixed when you draw.",
    )  # fmt: skip


def found_in(section: Section) -> forms.ChoiceField:
    return forms.ChoiceField(label=ASKED[section], choices=FOUND, required=False, widget=Radios(inline=True))


def note_of(section: Section) -> forms.CharField:
    return forms.CharField(
        label=f"Note: {CALLED[section].lower()}", required=False, max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class TestForm(OnceForm):
    """What the auditor found in one sampled claim. Nothing is preset: an answer is given, not left."""

    eligibility, eligibility_note = found_in(Section.ELIGIBILITY), note_of(Section.ELIGIBILITY)
    approach, approach_note = found_in(Section.APPROACH), note_of(Section.APPROACH)
    evidence, evidence_note = found_in(Section.EVIDENCE), note_of(Section.EVIDENCE)
    note = forms.CharField(
        label="Anything else", required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, test: AuditTest, **kwargs: Any):
        said = {name: getattr(test, name) for name in self.base_fields if name != "once"} if test.result else {}
        super().__init__(*args, **{"initial": said} | kwargs)
        if test.result:
            self.fields["note"].help_text = "To find something else than before, say here why."

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name, sentence in missing(self.sheet):
            if name not in self.errors:
                self.add_error(name, sentence)
        return said

    @property
    def sheet(self) -> Sheet:
        return sheet_of(self.cleaned_data)
