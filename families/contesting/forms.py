"""What somebody contests, what was decided, and that they were told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from families.contesting.items import Item
from families.contesting.models import Contest
from families.contesting.rules import DECISIONS, KINDS, LONGEST, Decision, Kind, words_for_refusal
from families.contesting.services import who_may_contest
from families.people.models import Person
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

IN_WORDS = "words"


def text(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class ContestForm(OnceForm):
    called = {"kind": "What it is", "item": "What it is about", "raised_by": "Who said it", "says": "What they said"}
    kind = forms.ChoiceField(
        label="What is it?", choices=[(kind.value, name) for kind, name in KINDS.items()], widget=Radios
    )
    raised_by = forms.ChoiceField(label="Who said it?", help_text="A parent may say it for a child.")
    item = forms.ChoiceField(label="What is it about?")
    words = forms.CharField(
        label="If it is something else: what is it?", max_length=300, required=False,
        help_text="In a few words. No address, telephone number or school.",
    )  # fmt: skip
    says = text("What do they say?", "What they say is right, or why they object. In their own words.")
    received_on = GovDateField(
        label="When did they say it?", latest=today, help_text="The month to answer begins then."
    )

    def __init__(self, *args: Any, items: Mapping[str, Item], people: Sequence[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.items, self.people = items, {str(person.uid): person for person in people}
        self.fields["raised_by"].choices = [("", "Choose"), *((uid, str(who)) for uid, who in self.people.items())]
        listed = [(key, item.words) for key, item in items.items()]
        self.fields["item"].choices = [("", "Choose"), (IN_WORDS, "Something else, said in words"), *listed]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("item") == IN_WORDS and not said.get("words"):
            self.add_error("words", "Say in a few words what it is about")
        item, who = self.items.get(said.get("item", "")), self.people.get(said.get("raised_by", ""))
        if who and said.get("received_on"):
            person = item.person if item else None
            if problem := who_may_contest(person, raised_by=who, on=said["received_on"]):
                self.add_error("raised_by", problem.rstrip("."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        answers = self.cleaned_data
        return {
            "kind": Kind(answers["kind"]), "raised_by": self.people[answers["raised_by"]], "says": answers["says"],
            "received_on": answers["received_on"], "item": self.items.get(answers["item"]), "words": answers["words"],
        }  # fmt: skip


class DecideForm(OnceForm):
    called = {"decision": "What was decided", "reason": "The reason"}
    decision = forms.ChoiceField(
        label="What is decided?", choices=[(d.value, name) for d, name in DECISIONS.items()], widget=Radios,
        help_text=f"When it is refused: {words_for_refusal()[0].lower()}{words_for_refusal()[1:]}",
    )  # fmt: skip
    reason = text("What was done, or why not?", "The person is told this.")

    @property
    def said(self) -> dict[str, Any]:
        return {"decision": Decision(self.cleaned_data["decision"]), "reason": self.cleaned_data["reason"]}


class ToldForm(OnceForm):
    called = {"told_how": "How they were told"}
    told_on = GovDateField(label="When were they told?", latest=today)
    told_how = forms.ChoiceField(label="How were they told?", choices=Contest.How.choices, widget=Radios)
