"""Adults and children of a referral, one line each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.forms.formsets import DELETION_FIELD_NAME

from families.identifiers.forms import IdentifierField
from families.identifiers.rules import NI_NUMBER, UPN
from families.people.rules import age_on, estimated_birth
from referrals.intake import rules
from referrals.intake.forms.drafts import DraftForm, YesNo
from referrals.intake.models import Referral, ReferralPerson
from referrals.intake.rules import PersonAnswer
from referrals.intake.services import PersonRow
from slf.clock import today
from slf.web.forms import GovDateField, GovFormSet, Radios

OLDEST = 110
ASIDE = {"uid", "part", DELETION_FIELD_NAME}
"""What by itself does not make a line somebody."""


class PersonForm(DraftForm):
    """What every line of the page of people asks."""

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    given_names = forms.CharField(max_length=120)
    family_name = forms.CharField(max_length=120)
    born_on = GovDateField(label="Date of birth", latest=today, help_text="For example, 27 3 2004.")
    age = forms.IntegerField(
        label="Or about how old?",
        min_value=0,
        max_value=OLDEST,
        required=False,
        help_text="If you do not know the date.",
    )
    called = {"age": "The age"}

    def speak_of(self, who: str) -> None:
        """Name the line in the sentences about its answers, for there are several alike on the page."""
        self.fields["born_on"].called = f"Date of birth of {who}"
        for field in self.fields.values():
            if isinstance(field, IdentifierField):
                field.called = f"{field.label} of {who}"

    def is_somebody(self) -> bool:
        return any(self.cleaned_data.get(name) not in {None, ""} for name in self.fields if name not in ASIDE)

    def answer(self) -> PersonAnswer:
        """Return what the line says; an age in place of a date becomes an estimated date."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ASIDE - {"part"} | {"age"}}
        age, part = self.cleaned_data.get("age"), said.pop("part", rules.CHILD)
        estimated = said["born_on"] is None and age is not None
        if estimated:
            said["born_on"] = estimated_birth(age, on=today())
        return PersonAnswer(**said, part=part, born_estimated=estimated)


RESPONSIBLE = [("yes", "Yes"), ("no", "No"), ("", "I do not know")]


class AdultForm(PersonForm):
    part = forms.ChoiceField(
        label="Part in the family", choices=list(rules.ADULT_PARTS.items()), widget=Radios(inline=True)
    )
    responsible = YesNo(label="Do they have parental responsibility?", choices=RESPONSIBLE, required=False)
    ni_number = IdentifierField(NI_NUMBER)


class ChildForm(PersonForm):
    school = forms.CharField(
        label="School or nursery", max_length=120, required=False, help_text="Where they go now, if anywhere."
    )
    upn = IdentifierField(UPN)


class PersonSet(GovFormSet):
    """Several people on one page. A line nobody filled in is nobody."""

    def add_fields(self, form: PersonForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.speak_of(f"{self.item_name.lower()} {(index or 0) + 1}")

    @property
    def lines(self) -> int:
        """How many lines the page shows, those to be removed not counted."""
        return sum(not self._should_delete_form(form) for form in self.forms)

    def rows(self) -> Iterator[PersonRow]:
        for form in self.forms:
            if not self._should_delete_form(form) and form.is_somebody():
                yield PersonRow(form.cleaned_data["uid"], form.answer())


class AdultSet(PersonSet):
    item_name = "Adult"


class ChildSet(PersonSet):
    item_name = "Child"


LISTS = {"adults": (AdultForm, AdultSet, 1), "children": (ChildForm, ChildSet, 2)}
"""For each list its line, its set, and how many empty lines it starts with."""


MOST = rules.MOST_PEOPLE // len(LISTS)


def people_sets(draft: Referral, data: Any = None, *, lines: Mapping[str, int] | None = None) -> dict[str, PersonSet]:
    """Return the page's two lists, with room for the first ones, or for as many ``lines`` as the page had."""
    people = list(draft.people.all())
    groups = {
        "adults": [person for person in people if person.part != rules.CHILD],
        "children": [person for person in people if person.part == rules.CHILD],
    }
    lines = lines or {}
    return {name: _people_set(name, group, data, lines=lines.get(name, 0)) for name, group in groups.items()}


def _people_set(name: str, people: Sequence[ReferralPerson], data: Any, *, lines: int) -> PersonSet:
    line, kind, empty = LISTS[name]
    extra = max(min(lines, MOST) - len(people), 0 if people else empty)
    kind = formset_factory(line, formset=kind, extra=extra, can_delete=True, max_num=MOST, validate_max=True)
    return kind(data, prefix=name, initial=[_initial(person) for person in people])


def _initial(person: ReferralPerson) -> dict[str, Any]:
    names = ("uid", "given_names", "family_name", "part", "school", "upn", "ni_number", "responsible")
    said = {name: getattr(person, name) for name in names}
    if person.born_estimated:
        return said | {"age": age_on(person.born_on, today())}
    return said | {"born_on": person.born_on}
