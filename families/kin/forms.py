"""The questions about how people are related and who is responsible for a child."""

from collections.abc import Sequence
from typing import Any

from django import forms

from families.kin.models import Relationship
from families.kin.rules import bonds, responsibility
from families.kin.rules.bonds import BONDS, Kind, bond_of
from families.kin.rules.responsibility import OF_AN_AUTHORITY, ORDERS, Standing
from families.kin.told import Told
from families.people.models import Membership, Person
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

AUTHORITY = "authority"
SOURCE = {
    "label": "How is it known?", "max_length": 200,
    "help_text": "Who said so and when, or which document: Mum, visit of 3 May; birth certificate.",
}  # fmt: skip
WORDS = {
    "label": "What else should a colleague know?", "max_length": 500, "required": False,
    "widget": forms.Textarea({"rows": 2}),
}  # fmt: skip
GROUPS = [
    (name, [(kind.value, bonds.KIND_NAMES[kind]) for kind in BONDS[bond]])
    for bond, name in (
        (bonds.Bond.PARENT, "Parent"), (bonds.Bond.COUPLE, "Couple"), (bonds.Bond.CARER, "Other carer"),
        (bonds.Bond.SIBLING, "Brother or sister"),
    )
]  # fmt: skip


class OfTheFamily(OnceForm):
    """A form that names people of the family."""

    def __init__(self, *args: Any, known: Sequence[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people: dict[str, Person] = {str(row.person.uid): row.person for row in known}

    def named(self, name: str, *more: tuple[str, str]) -> None:
        people = [(uid, str(person)) for uid, person in self.people.items()]
        self.fields[name].choices = [("", "Choose"), *people, *more]


class RelateForm(OfTheFamily):
    """What one person is to another."""

    person = forms.ChoiceField(label="Who")
    kind = forms.ChoiceField(label="is or was", choices=[("", "Choose"), *GROUPS])
    other = forms.ChoiceField(label="whom?")
    starts_on = GovDateField(
        label="Since when?", called="The day", latest=today, required=False,
        help_text="Leave it empty when that is not known, and for a birth parent.",
    )  # fmt: skip
    source = forms.CharField(**SOURCE)
    words = forms.CharField(**WORDS)

    called = {"person": "The first person", "kind": "What they are", "other": "The second person"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.named("person")
        self.named("other")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("person") and answers.get("person") == answers.get("other"):
            self.add_error("other", "Choose two different people.")
        return answers

    def said(self) -> dict[str, Any]:
        two = {name: self.people[self.cleaned_data[name]] for name in ("person", "other")}
        return self.cleaned_data | two


class CorrectForm(OnceForm):
    """What was wrongly written down of two people."""

    kind = forms.ChoiceField(label="What are they?", widget=Radios)
    starts_on = GovDateField(label="Since when?", called="The day", latest=today, required=False)
    ends_on = GovDateField(
        label="Until when?", called="The last day", latest=today, required=False,
        help_text="Leave it empty while it goes on.",
    )  # fmt: skip
    source = forms.CharField(**SOURCE)
    words = forms.CharField(**WORDS)

    called = {"kind": "What they are"}

    def __init__(self, *args: Any, relationship: Relationship, **kwargs: Any):
        initial = {
            "kind": relationship.kind, "starts_on": relationship.period.lower, "ends_on": relationship.period.upper,
            "source": relationship.source, "words": relationship.words,
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        kinds = BONDS[bond_of(Kind(relationship.kind))]
        self.fields["kind"].choices = [(kind.value, bonds.KIND_NAMES[kind]) for kind in kinds]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class EndForm(OnceForm):
    """The day from which something holds no longer."""

    on = GovDateField(label="From which day no longer?", called="The day", latest=today)

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


def begun_with(told: Told | None) -> dict[str, str]:
    if told is None:
        return {}
    return {"holder": str(told.person.uid), "standing": told.standing.value, "source": told.source}


class ResponsibilityForm(OfTheFamily):
    """Whether somebody has parental responsibility for a child, and by what."""

    child = forms.ChoiceField(label="For which child?")
    holder = forms.ChoiceField(label="Who?")
    authority = forms.CharField(
        label="Which authority or agency?", max_length=120, required=False,
        help_text="Only where no person is chosen: Leicestershire County Council.",
    )  # fmt: skip
    standing = forms.ChoiceField(
        label="Do they have parental responsibility?",
        choices=[(standing.value, name) for standing, name in responsibility.STANDING_NAMES.items()],
        widget=Radios,
    )
    ground = forms.ChoiceField(label="By what?", choices=list(responsibility.GROUNDS.items()), widget=Radios)
    court_order = forms.CharField(
        label="The court's order, where there is one", max_length=200, required=False,
        help_text="Which court, when, and its number.",
    )  # fmt: skip
    starts_on = GovDateField(label="Since when?", called="The day", latest=today, required=False)
    source = forms.CharField(**SOURCE)

    called = {"child": "The child", "holder": "Who it is", "standing": "Whether they have it", "ground": "By what"}

    def __init__(self, *args: Any, told: Told | None = None, child: str = "", **kwargs: Any):
        """``told``: what was believed of somebody, with which it is begun. What it rests on is asked."""
        super().__init__(*args, initial=begun_with(told) | {"child": child}, **kwargs)
        self.named("child")
        self.named("holder", (AUTHORITY, "An authority or agency"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        self._check_holder(answers)
        needs_order = answers.get("ground") in ORDERS and answers.get("standing") == Standing.HELD
        if needs_order and not answers.get("court_order"):
            self.add_error("court_order", "Name the court's order")
        return answers

    def _check_holder(self, answers: dict[str, Any]) -> None:
        is_authority = answers.get("holder") == AUTHORITY
        if is_authority and not answers.get("authority"):
            self.add_error("authority", "Name the authority or agency")
        if answers.get("ground") in OF_AN_AUTHORITY and answers.get("holder") and not is_authority:
            self.add_error("holder", "By such an order an authority or agency has it")
        if answers.get("child") and answers.get("child") == answers.get("holder"):
            self.add_error("holder", "Choose two different people.")

    def said(self) -> dict[str, Any]:
        answers = dict(self.cleaned_data)
        holder = self.people.get(answers.pop("holder"))
        authority = "" if holder else answers["authority"]
        return answers | {"child": self.people[answers["child"]], "holder": holder, "authority": authority}
