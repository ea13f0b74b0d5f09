"""The questions about who is in a family."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from families.addresses.services import Place
from families.households import rules
from families.needs.models import Need
from families.people.models import Membership, Person
from families.people.services import NewPerson
from slf.clock import today
from slf.web.forms import Checkboxes, GovDateField, OnceForm, Radios

Part = Membership.Part
COMING = [(part.value, part.label) for part in (Part.PARENT, Part.ADULT, Part.CHILD, Part.AWAY, Part.RELATIVE)]
GENDERS = [(value, label) for value, label in Person.Gender.choices if value != Person.Gender.NOT_KNOWN]
GENDERS += [(Person.Gender.NOT_KNOWN.value, Person.Gender.NOT_KNOWN.label)]
WORDS = {
    "label": "What else should a colleague know?", "max_length": 1000, "required": False,
    "widget": forms.Textarea({"rows": 3}),
}  # fmt: skip


def day_field(label: str, called: str, **more: Any) -> GovDateField:
    return GovDateField(label=label, called=called, latest=today, **more)


class JoinForm(OnceForm):
    """Somebody new."""

    given_names = forms.CharField(label="Given names", max_length=120)
    family_name = forms.CharField(label="Family name", max_length=120)
    born_on = GovDateField(label="Date of birth", latest=today, required=False)
    gender = forms.ChoiceField(label="Gender", choices=GENDERS, widget=Radios)
    part = forms.ChoiceField(
        label="Who are they in the family?",
        choices=COMING,
        widget=Radios(hints={Part.RELATIVE.value: "Known to the family and not part of the household: a grandmother."}),
    )
    on = day_field("Since when?", "The day")
    words = forms.CharField(**WORDS)

    called = {"part": "Who they are in the family", "gender": "Gender"}

    def said(self) -> dict[str, Any]:
        """Return what ``join_family`` takes."""
        answers = dict(self.cleaned_data)
        names = {name: answers.pop(name) for name in ("given_names", "family_name", "born_on")}
        return answers | {"who": NewPerson(part=answers["part"], **names)}


AS_BEFORE = "as_before"


class ReturnForm(OnceForm):
    """Somebody who is known already: of this family before, or of another one. Begun with who they were there."""

    who = forms.ChoiceField(label="Who?", widget=Radios)
    part = forms.ChoiceField(label="Who are they in the family now?", choices=COMING, widget=Radios)
    on = day_field("Since when?", "The day")
    words = forms.CharField(**WORDS)

    called = {"who": "Who it is", "part": "Who they are in the family"}

    def __init__(self, *args: Any, known: Sequence[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = {str(row.person.uid): row for row in known}
        self.fields["who"].choices = [(uid, str(row.person)) for uid, row in self.known.items()]
        hints = {uid: f"Before: {row.get_part_display().lower()}" for uid, row in self.known.items()}
        self.fields["who"].widget.hints = hints
        self._begin_with_who_they_were([row.part for row in known])

    def _begin_with_who_they_were(self, parts: Sequence[str]) -> None:
        """Of one person that part is chosen; of several "as before", whoever it is."""
        alone = len(parts) == 1
        if not alone or self.is_bound:  # others may have come meanwhile
            self.fields["part"].choices = [(AS_BEFORE, "As before, as it says with the name"), *COMING]
        if parts:
            self.fields["part"].initial = parts[0] if alone else AS_BEFORE
            self.fields["who"].initial = next(iter(self.known)) if alone else None

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("part") == AS_BEFORE and (row := self.known.get(said.get("who", ""))) is not None:
            said["part"] = row.part
            if row.part not in dict(COMING):
                self.add_error("part", f"Choose who {row.person} is in the family now: nobody comes to it as before")
        return said

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"who": self.known[self.cleaned_data["who"]].person}


class ExpectForm(OnceForm):
    """A baby on its way."""

    expected_on = GovDateField(label="When is the baby expected?", called="The day")
    given_names = forms.CharField(
        label="Name, if there is one", max_length=120, required=False, help_text="Without one it is called Baby."
    )
    family_name = forms.CharField(label="Family name", max_length=120)

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"on": today()}


class BornForm(OnceForm):
    """A birth."""

    born_on = day_field("Date of birth", "The date of birth")
    given_names = forms.CharField(label="Given names", max_length=120)
    family_name = forms.CharField(label="Family name", max_length=120)
    gender = forms.ChoiceField(label="Gender", choices=GENDERS, widget=Radios)

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class LeaveForm(OnceForm):
    """Somebody goes. Of a baby that is expected, the pregnancy ends."""

    on = day_field("From which day are they in the family no longer?", "The day")
    why = forms.ChoiceField(label="Why?", choices=list(rules.REASONS.items()), widget=Radios)
    where_to = forms.ChoiceField(
        label="Where to, in general?",
        choices=list(rules.WHERE.items()),
        widget=Radios,
        help_text="No address: those who stay, and who reads their record, need not know it.",
    )
    words = forms.CharField(**WORDS)

    called = {"why": "The reason", "where_to": "Where they went"}

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if membership.part == Part.EXPECTED:
            self.fields["why"].choices = list(rules.NO_BIRTH.items())
            self.fields["why"].initial, self.fields["where_to"].initial = rules.NOT_BORN, "nowhere"

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class PartForm(OnceForm):
    """Somebody has another part in the family."""

    part = forms.ChoiceField(label="Who are they in the family now?", widget=Radios(reveals={"care": "responsible"}))
    responsible = forms.CharField(
        label="Who is responsible for the child?", max_length=120, help_text="The authority or team, not an address."
    )
    on = day_field("Since when?", "The day")
    words = forms.CharField(**WORDS)

    called = {"part": "Who they are in the family"}

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        parts = [*COMING, (Part.CARE.value, Part.CARE.label)]
        self.fields["part"].choices = [(value, label) for value, label in parts if value != membership.part]

    def said(self) -> dict[str, Any]:
        return {"responsible": ""} | self.cleaned_data


class CorrectForm(OnceForm):
    """Days that were wrongly written down."""

    starts_on = day_field("First day in the family", "The first day")
    ends_on = day_field(
        "First day after they left", "The day after", required=False, help_text="Leave it empty while they are in it."
    )
    words = forms.CharField(label="What was wrong?", max_length=500, widget=forms.Textarea({"rows": 2}))

    called = {"words": "What was wrong"}

    def said(self) -> dict[str, Any]:
        return self.cleaned_data


class NeedChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, need: Need) -> str:
        return f"{need}, {need.person}" if need.person else str(need)


class SplitForm(OnceForm):
    """Some of a family become a family of their own."""

    going = forms.MultipleChoiceField(label="Who goes?", widget=Checkboxes)
    name = forms.CharField(
        label="What is the new family called?", max_length=120, help_text="For example: Marsh family, Elm Close."
    )
    on = day_field("Since when?", "The day")
    address = forms.CharField(label="Their address", max_length=200, required=False)
    postcode = forms.CharField(label="Postcode", max_length=8, required=False)
    phone = forms.CharField(label="Telephone", max_length=30, required=False)
    protected = forms.BooleanField(
        label="Keep the address and telephone to those who work with them",
        required=False,
        help_text="For somebody who is not safe when they are found.",
    )
    needs = NeedChoices(
        label="Which needs does the new family have as well?",
        queryset=Need.objects.none(),
        to_field_name="uid",
        widget=Checkboxes,
        required=False,
        help_text="They stay with the first family too.",
    )

    called = {"going": "Who goes", "name": "The name"}

    def __init__(self, *args: Any, members: Iterable[Membership], needs: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {str(row.uid): row for row in members}
        self.fields["going"].choices = [
            (uid, f"{row.person}, {row.get_part_display().lower()}") for uid, row in self.members.items()
        ]
        self.fields["needs"].queryset = needs
        if not needs.exists():
            del self.fields["needs"]

    def said(self) -> dict[str, Any]:
        answers = dict(self.cleaned_data)
        place = Place(**{name: answers.pop(name) for name in ("address", "postcode", "phone", "protected")})
        going = [self.members[uid] for uid in answers.pop("going")]
        return {"needs": []} | answers | {"going": going, "place": place}


class DayForm(forms.Form):
    """``?on=2014-05-03``: the day the household is shown for; today when nothing readable is asked."""

    on = forms.DateField(required=False)

    @classmethod
    def day_of(cls, asked: Any) -> date:
        form = cls(asked)
        return (form.is_valid() and form.cleaned_data["on"]) or today()
