"""The questions of a visit: when, how, who was seen, what happened, when next. Nothing is pre-ticked but the date."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from casework.diary.forms import day_box
from casework.visits import rules
from casework.visits.rules import How, Sighting, Why
from families.people.models import Family, Membership
from families.people.rules import age_on
from slf.clock import today
from slf.web.errors import NotAllowed
from slf.web.forms import GovForm, Radios


@dataclass(frozen=True)
class Asked:
    """One member of the household with the two questions about them."""

    name: str
    age: int | None
    is_child: bool
    how: BoundField
    why: BoundField

    @property
    def choices(self) -> Iterator[tuple[str, str]]:
        """Whether somebody was seen alone is asked of children."""
        return ((how, label) for how, label in rules.HOW_NAMES.items() if self.is_child or how is not How.ALONE)


class VisitForm(GovForm):
    """``household`` are the memberships on the day; the answers about each are fields named by the person."""

    called = {"note": "what happened", "kind": "what kind of contact it was", "happened_on": "Date"}

    kind = forms.ChoiceField(label="What kind of contact?", choices=rules.KIND_NAMES.items(), widget=Radios)
    happened_on = forms.DateField(label="Date", widget=day_box())
    nobody = forms.BooleanField(label="Nobody of the household was seen", required=False)
    note = forms.CharField(
        label="What happened?",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7, "autocapitalize": "sentences"}),
    )
    next_step = forms.CharField(
        label="What was agreed to do next?", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_visit_on = forms.DateField(label="Next visit", required=False, widget=day_box())
    changed = forms.CharField(
        label="What has changed since the last contact?",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    began_at = forms.TimeField(
        label="Time", required=False, widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-5"})
    )
    grade = forms.ChoiceField(
        label="What kind of statement is this?",
        required=False,
        choices=[("", "Not marked"), *rules.GRADE_NAMES.items()],
    )
    planned = forms.UUIDField(required=False, widget=forms.HiddenInput)
    another = forms.BooleanField(label="It was another visit: the one that is planned is still to come", required=False)

    def __init__(self, *args: Any, household: Sequence[Membership], family: Family, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.household, self.family = household, family
        for member in household:
            self.fields[how_name(member)] = how_seen(member)
            self.fields[why_name(member)] = why_not_seen(member)

    def asked(self) -> Iterator[Asked]:
        """Each member of the household with their questions, for the template."""
        for member in self.household:
            person, is_child = member.person, member.part == Membership.Part.CHILD
            age = age_on(person.born_on, today()) if person.born_on else None
            yield Asked(str(person), age, is_child, self[how_name(member)], self[why_name(member)])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if day := answers.get("happened_on"):
            self.refuse("next_visit_on", rules.check_next, answers.get("next_visit_on"), day=day)
            self.refuse("happened_on", rules.check_day, day, today=today(), known_since=self.family.known_since)
        answers["sightings"] = list(self.sightings())
        self.refuse("nobody", rules.check_seen, answers["sightings"], kind=answers.get("kind", ""))
        self.check_somebody_said(answers)
        return answers

    def sightings(self) -> Iterator[Sighting]:
        """Return what was said of each member; a child not seen needs a reason."""
        for member in self.household:
            if not (how := self.cleaned_data.get(how_name(member))):
                continue
            why = self.cleaned_data.get(why_name(member)) if how == How.NOT_SEEN else ""
            if rules.needs_why(How(how), is_child=member.part == Membership.Part.CHILD) and not why:
                self.add_error(why_name(member), f"Say why {member.person} was not seen")
            yield Sighting(member.person_id, How(how), Why(why) if why else None)

    def refuse(self, name: str, rule: Callable[..., None], *asked: Any, **more: Any) -> None:
        """Put a rule's refusal beside its question."""
        try:
            rule(*asked, **more)
        except NotAllowed as refusal:
            self.add_error(name, refusal.message)

    def check_somebody_said(self, answers: Mapping[str, Any]) -> None:
        if rules.meets_nobody(answers.get("kind", "")):
            return
        seen = [said for said in answers["sightings"] if said.how in rules.SEES]
        if not answers["sightings"] and not answers.get("nobody"):
            self.add_error("nobody", "Say who was seen, or that nobody was")
        if seen and answers.get("nobody"):
            self.add_error("nobody", "You said somebody was seen and that nobody was: keep one of the two")

    @property
    def answers(self) -> dict[str, Any]:
        """What ``record_visit`` takes."""
        names = (
            "kind", "happened_on", "note", "next_visit_on", "began_at", "grade", "changed", "next_step", "sightings",
        )  # fmt: skip
        planned = None if self.cleaned_data["another"] else self.cleaned_data["planned"]
        return {name: self.cleaned_data[name] for name in names} | {"planned": planned}


class FamilyChoice(GovForm):
    """Which family a note is about."""

    family = forms.ModelChoiceField(label="Which family is this about?", queryset=Family.objects.none())

    def __init__(self, *args: Any, families: QuerySet[Family], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["family"].queryset = families


def how_seen(member: Membership) -> forms.ChoiceField:
    return forms.ChoiceField(label=str(member.person), required=False, choices=rules.HOW_NAMES.items())


def why_not_seen(member: Membership) -> forms.ChoiceField:
    choices = [("", "Choose why"), *rules.WHY_NAMES.items()]
    return forms.ChoiceField(label=f"Why {member.person} was not seen", required=False, choices=choices)


def how_name(member: Membership) -> str:
    return f"seen-{member.person.uid}"


def why_name(member: Membership) -> str:
    return f"why-{member.person.uid}"
