"""A flag: what it is, about whom, until when, and where it is from."""

from collections.abc import Sequence
from typing import Any

from django import forms

from families.flags import rules
from families.people.models import Membership
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

EVERYBODY = "family"


class FlagForm(OnceForm):
    kind = forms.ChoiceField(label="What has a worker to know before knocking?", choices=rules.CHOICES, widget=Radios)
    words = forms.CharField(
        label="In a few words", max_length=120, required=False,
        help_text="For example, a large dog, ask for it to be shut away. It stands on the family's card.",
    )  # fmt: skip
    about = forms.ChoiceField(label="About whom is it?", widget=Radios)
    until = GovDateField(
        label="Until when does it count?", called="The last day", required=False, earliest=today,
        help_text="Leave it empty when nobody knows. For a court order, the day it ends.",
    )  # fmt: skip
    source = forms.CharField(label="Where is this from?", max_length=200)
    called = {"kind": "What it is", "about": "Whom it is about", "source": "Where this is from"}

    def __init__(self, *args: Any, household: Sequence[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {str(member.person.uid): member for member in household}
        named = [(uid, member.name) for uid, member in self.members.items()]
        self.fields["about"].choices = [(EVERYBODY, "The whole family"), *named]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("kind") in rules.NEEDS_WORDS and not said.get("words"):
            self.add_error("words", "Say in a few words what it is")
        return said | {"membership": self.members.get(said.pop("about", EVERYBODY))}
