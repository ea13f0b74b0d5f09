"""What somebody says about a use that rests on consent."""

from collections.abc import Sequence
from typing import Any

from django import forms

from families.facts.rules import AGENCIES, CATEGORIES
from families.people.models import Person
from families.register.rules import Ground, Purpose
from families.sharing.models import Agreement, Consent
from families.sharing.services import SAY_WHY, who_may_say
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

EVERYBODY = "family"


def key_of(purpose: Purpose, ground: Ground) -> str:
    return f"{purpose}:{ground.agency or ''}:{ground.category}"


def in_words(purpose: Purpose, ground: Ground) -> str:
    whose = AGENCIES.get(ground.agency or "", "this service")
    return f"{CATEGORIES[ground.category]}, from {whose}, for: {purpose.label.lower()}"


class ConsentForm(OnceForm):
    """One statement: about what, whose information, who said it, when and how."""

    called = {
        "what": "What it is about", "person": "Whose information it is", "said_by": "Who said it",
        "state": "What they said", "how": "How they said it",
    }  # fmt: skip
    what = forms.ChoiceField(label="What is it about?", widget=Radios)
    person = forms.ChoiceField(label="Whose information is it?", widget=Radios)
    state = forms.ChoiceField(label="What did they say?", choices=Consent.State.choices, widget=Radios)
    said_by = forms.ChoiceField(
        label="Who said it?", help_text="An adult speaks for themselves and for their children, not for another adult."
    )
    competence = forms.CharField(
        label="If a child under 16 decided: why do they understand what it means?", max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    said_on = GovDateField(label="When did they say it?", latest=today)
    how = forms.ChoiceField(label="How did they say it?", choices=Agreement.How.choices, widget=Radios)
    evidence = forms.CharField(
        label="Where is the signed paper?", max_length=200, required=False,
        help_text="For example: signed form, locked cabinet of the Loughborough office.",
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Sequence[tuple[Purpose, Ground]], people: Sequence[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked = {key_of(*each): each for each in asked}
        self.people = {str(person.uid): person for person in people}
        names = [(uid, str(person)) for uid, person in self.people.items()]
        self.fields["what"].choices = [(key, in_words(*each)) for key, each in self.asked.items()]
        self.fields["person"].choices = [(EVERYBODY, "The whole family"), *names]
        self.fields["said_by"].choices = [("", "Choose"), *names]

    def clean(self):
        answers = super().clean()
        said_by, on = self.people.get(answers.get("said_by", "")), answers.get("said_on")
        if said_by and on and answers.get("person"):
            person = self.people.get(answers["person"])
            problem = who_may_say(person, said_by=said_by, on=on, competence=answers.get("competence", ""))
            if problem:
                self.add_error("competence" if problem == SAY_WHY else "said_by", problem.rstrip("."))
        return answers

    def statement(self) -> dict[str, Any]:
        """Return what was said as the service takes it."""
        answers = self.cleaned_data
        purpose, ground = self.asked[answers["what"]]
        kept = {name: answers[name] for name in ("state", "said_on", "how", "competence", "evidence")}
        people = {"person": self.people.get(answers["person"]), "said_by": self.people[answers["said_by"]]}
        return {"ground": ground, "purpose": purpose, **people, **kept}
