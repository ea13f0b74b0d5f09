"""What is asked before a copy is asked for, released or sent back."""

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.copies import rules
from casework.copies.models import KINDS
from casework.copies.services import Wanted
from families.people.models import Membership, Person
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

YES_NO = [("yes", "Yes"), ("no", "No")]


def yes_no(label: str, help_text: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=YES_NO, coerce=lambda said: said == "yes", empty_value=None,
        widget=Radios(inline=True),
    )  # fmt: skip


class AskCopyForm(OnceForm):
    """Whose copy, what of the story, what for, and whether it is safe for them to have it."""

    called = {
        "person": "Whose copy it is", "asked_alone": "Whether they were asked alone",
        "could_be_harmed": "Whether somebody could harm them", "why": "What they want it for",
        "since": "The first day", "until": "The last day",
    }  # fmt: skip
    person = forms.ChoiceField(label="Whose copy is it?", widget=Radios)
    why = forms.CharField(
        label="What do they want it for?", max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What of the story?", required=False, choices=[("", "Everything that may be in such a copy"), *KINDS],
        help_text="Contacts, needs, star readings, the plan and help given. Nothing else is ever in it.",
    )  # fmt: skip
    since = GovDateField(label="From", called="The first day", required=False, latest=today)
    until = GovDateField(label="To", called="The last day", required=False)
    asked_alone = yes_no(
        "Did you ask them alone whether they want it on paper?", "Where nobody of the household could hear it."
    )
    could_be_harmed = yes_no(
        "Could somebody harm, frighten or punish them for having it?",
        "In the household or outside it. If they are not sure, answer yes.",
    )

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people: dict[str, Person] = {str(member.person.shown.uid): member.person.shown for member in members}
        self.fields["person"].choices = [(uid, str(person)) for uid, person in self.people.items()]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", rules.IN_ORDER)
        return answers

    @property
    def person_asked(self) -> Person:
        return self.people[self.cleaned_data["person"]]

    @property
    def wanted(self) -> Wanted:
        return Wanted(**{name: said for name, said in self.cleaned_data.items() if name not in {"person", "once"}})


class ReleaseCopyForm(OnceForm):
    """``seen``: what was on the page that was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class SendBackCopyForm(OnceForm):
    called = {"answer": "Why it is sent back"}
    answer = forms.CharField(
        label="Why is it sent back?", max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever asked reads this. Say what has to be done first.",
    )  # fmt: skip
