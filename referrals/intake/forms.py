"""The small pages of a referral. A draft is never refused for what is missing, only for what cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import formset_factory
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.html import format_html

from families.identifiers.forms import IdentifierField
from families.identifiers.rules import NI_NUMBER, UPN
from families.localities.rules import written
from families.localities.services import find_place, source_in_words
from families.needs.rules import NEEDS
from families.people.rules import age_on, estimated_birth
from referrals.intake import rules, services
from referrals.intake.models import Referral, ReferralPerson
from referrals.intake.rules import PersonAnswer
from referrals.intake.services import PersonRow
from slf.access.models import Locality
from slf.clock import today
from slf.web.forms import Checkboxes, GovDateField, GovForm, GovFormSet, Radios

EVIDENCE = {kind: f"evidence_{kind}" for kind in NEEDS}
YES_NO = [("yes", "Yes"), ("no", "No")]
OLDEST = 110


class DraftForm(GovForm):
    """Fields an author makes required are needed to send: here they may be left empty, and are not called optional."""

    def __init__(self, *args: Any, insist: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.insists = insist
        self.must_follow |= {name for name, field in self.fields.items() if field.required}
        for field in self.fields.values():
            field.required = False

    def _insist(self, name: str) -> None:
        """Leave what is missing for the day it is sent, unless whoever fills it in wants to go on from a page."""
        if self.insists:
            super()._insist(name)


class YesNo(forms.ChoiceField):
    """Yes, no or not answered yet, as True, False and None."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"choices": YES_NO, "widget": Radios(inline=True)} | kwargs)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class DangerForm(DraftForm):
    in_danger = YesNo(
        label="Is anyone in the family in danger right now?",
        help_text="For example, somebody is hurt, a child is missing or left alone, or somebody is threatened.",
    )


class RangForm(GovForm):
    """Asked where the referrer has to stop: going on takes an answer, leaving for now does not."""

    spoke_to = forms.CharField(
        label="Who did you speak to?",
        max_length=120,
        help_text="Their name and where they work. Add a reference if you were given one.",
    )

    called = {"spoke_to": "Who you spoke to"}

    def __init__(self, *args: Any, may_wait: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["spoke_to"].required = not may_wait


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


class HomeForm(DraftForm):
    address = forms.CharField(validators=[MaxLengthValidator(200)], widget=forms.Textarea(attrs={"rows": 3}))
    postcode = forms.CharField(max_length=10)
    district = forms.ModelChoiceField(
        Locality.objects.all(),
        label="Which district is this postcode in?",
        help_text="We do not know this postcode yet.",
        widget=Radios,
        empty_label=None,
    )
    phone = forms.CharField(label="Telephone number", max_length=30, required=False)
    safe_contact = forms.CharField(
        label="Is there a safe way or time to get in touch?", max_length=200, required=False,
        help_text="For example, ring her mobile in school hours only; never leave a message.",
    )  # fmt: skip

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any):
        initial = {name: getattr(draft, name) for name in ("postcode", "phone", "safe_contact")}
        initial |= {"address": draft.address.replace(", ", "\n"), "district": draft.locality_id}
        super().__init__(*args, initial=initial, **kwargs)
        decides = "It decides which district's team gets the referral."
        self.fields["postcode"].help_text = f"{decides} {source_in_words()}."
        code = written(self["postcode"].value() or "")
        if code is None or find_place(code).is_known:
            del self.fields["district"]

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        if typed and not (code := written(typed)):
            message = "Enter a full postcode, like LE11 2AB"
            raise forms.ValidationError(message)
        if typed and find_place(code).outside:
            raise forms.ValidationError(rules.not_in_county(code))
        return code if typed else ""

    def clean_address(self) -> str:
        lines = (line.strip(" ,") for line in self.cleaned_data["address"].splitlines())
        return ", ".join(filter(None, lines))


class NeedsPage(DraftForm):
    """The common issues; choosing one asks what was seen of it."""

    needs = forms.MultipleChoiceField(
        label="Which of these does the family face?",
        choices=list(NEEDS.items()),
        widget=Checkboxes(reveals=EVIDENCE),
        help_text="Choose all that apply. Say for each what you have seen or been told.",
    )

    whole_family = forms.ChoiceField(
        label="Would they benefit from one worker and one plan for the whole family?",
        choices=YES_NO,
        widget=Radios(reveals={"yes": "whole_family_why"}),
        help_text="For example, when the needs of parents and children belong together, or several services are there.",
    )
    whole_family_why = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any):
        said = {need.kind: need.evidence for need in draft.needs.all()}
        initial = {"needs": list(said)} | {EVIDENCE[kind]: words for kind, words in said.items()}
        initial |= {
            "whole_family": {True: "yes", False: "no"}.get(draft.whole_family),
            "whole_family_why": draft.whole_family_why,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def answers(self) -> dict[str, Any]:
        chosen = self.cleaned_data["needs"]
        return {
            "needs": {kind: self.cleaned_data[name] for kind, name in EVIDENCE.items() if kind in chosen},
            "whole_family": {"yes": True, "no": False}.get(self.cleaned_data["whole_family"]),
            "whole_family_why": self.cleaned_data["whole_family_why"],
        }


def _evidence_field(kind: str) -> forms.CharField:
    hidden = format_html('<span class="govuk-visually-hidden"> {}</span>', NEEDS[kind])
    return forms.CharField(
        label=format_html("What have you seen or been told?{}", hidden),
        max_length=rules.LONGEST_EVIDENCE,
        error_messages={"required": f"Say what you have seen: {NEEDS[kind]}"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


NeedsForm = type("NeedsForm", (NeedsPage,), {name: _evidence_field(kind) for kind, name in EVIDENCE.items()})


class AgreementForm(DraftForm):
    family_knows = YesNo(label="Does the family know that you are making this referral?")
    agreement = forms.ChoiceField(
        label="Does the family agree to it?",
        choices=list(rules.AGREEMENTS.items()),
        widget=Radios(reveals={rules.GIVEN: "agreed_by", rules.REFUSED: "refused_why"}),
    )
    refused_why = forms.ChoiceField(label="Why do they refuse?", widget=Radios)
    agreed_by = forms.ChoiceField(label="Who agreed?", widget=Radios)
    agreed_on = GovDateField(
        label="When did they say so?",
        called="The day they said so",
        latest=today,
        help_text="Leave this empty if nobody has asked them yet.",
    )

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any):
        names = ("family_knows", "agreement", "agreed_on", "refused_why")
        initial = {name: getattr(draft, name) for name in names} | {
            "agreed_by": draft.agreed_by and draft.agreed_by.uid
        }
        super().__init__(*args, initial=initial, **kwargs)
        adults = [(person.uid, str(person)) for person in draft.people.all() if person.part != rules.CHILD]
        self.fields["agreed_by"].choices = adults
        self.fields["refused_why"].choices = services.refusals_for(draft)
        if not adults:
            self.fields["agreed_by"].help_text = "Name the adults of the family first, then choose one of them here."

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("family_knows") is False and said.get("agreement") == rules.GIVEN:
            self.add_error("agreement", rules.CANNOT_AGREE)
