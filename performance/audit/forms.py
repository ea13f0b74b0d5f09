from typing import Any

from django import forms

from performance.audit.models import FOUND, LONGEST_NOTE, LONGEST_REASON, AuditTest
from performance.audit.rules.drawing import LONGEST_SEED
from performance.audit.rules.opinion import AFTER_A_FAILURE, LEVELS, MEANS, Level
from performance.audit.rules.sheet import ASKED, CALLED, Section, Sheet, missing, not_said, sheet_of
from slf.web.forms import OnceForm, Radios

NOT_FULL = "Say why it is not full assurance"


class DrawForm(OnceForm):
    """The seed of a sample."""

    seed = forms.CharField(
        label="Seed", max_length=LONGEST_SEED, required=False,
        help_text="Any letters and figures you choose, for example from dice. Leave it empty to have one made. It is "
        "fixed when you draw.",
    )  # fmt: skip


class ExtendForm(OnceForm):
    """How much more is tested, and why."""

    more = forms.IntegerField(
        label="How many more per cent of the lines?", min_value=1, max_value=100,
        help_text="Of the lines that are not always tested. The next places of the same order are taken.",
    )  # fmt: skip
    why = forms.CharField(label="Why are more tested?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class OpinionForm(OnceForm):
    """The opinion of internal audit on a claim."""

    level = forms.ChoiceField(label="What is your opinion?", widget=Radios(hints=MEANS))
    reason = forms.CharField(
        label="Your reason, and what is to be put right", max_length=LONGEST_REASON, required=False,
        widget=forms.Textarea(attrs={"rows": 5}), help_text="Needed for anything but full assurance.",
    )  # fmt: skip

    def __init__(self, *args: Any, failed: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        open_to = AFTER_A_FAILURE if failed else Level
        if failed:
            self.fields["reason"].required, self.fields["reason"].help_text = True, ""
            self.fields["reason"].error_messages["required"] = NOT_FULL
        self.fields["level"].choices = [(each.value, LEVELS[each]) for each in open_to]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        asked = said.get("level") not in (None, Level.FULL) and "reason" not in self.errors
        if asked and not said["reason"].strip():
            self.add_error("reason", NOT_FULL)
        return said


def found_in(section: Section) -> forms.ChoiceField:
    empty = {"required": not_said(section)}
    return forms.ChoiceField(label=ASKED[section], choices=FOUND, widget=Radios(inline=True), error_messages=empty)


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
