"""The small pages in which a family refers itself, in plain words."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import formset_factory

from families.contact.rules import DAYS
from families.localities.rules import written
from families.localities.services import find_place
from families.people.rules import estimated_birth
from referrals.intake.rules import PersonAnswer, not_in_county
from referrals.ourselves.rules import LONGEST_WORDS, MOST_OTHERS, OTHERS, OWN_WORDS, PARTS, Reach
from slf.access.models import Locality
from slf.clock import today
from slf.web.forms import Checkboxes, GovForm, GovFormSet, Radios

YES_NO = [("yes", "Yes"), ("no", "No")]
OLDEST, YOUNGEST = 110, 8
NARROW = {"class": "govuk-input--width-5"}
FULL_POSTCODE = "Enter a full postcode, like LE11 2AB"


def yes_no(label: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=Radios(inline=True), **more)


class DangerForm(GovForm):
    in_danger = yes_no(
        "Is anyone in danger right now?",
        help_text="For example, somebody is hurt, a child is missing or left alone, or somebody threatens you.",
        error_messages={"required": "Say whether anyone is in danger right now"},
    )

    @property
    def is_danger(self) -> bool:
        return self.cleaned_data["in_danger"] == "yes"


class YouForm(GovForm):
    called = {"part": "Who you are in the family", "age": "Your age"}
    given_names = forms.CharField(label="Your first name", max_length=120)
    family_name = forms.CharField(label="Your last name", max_length=120)
    age = forms.IntegerField(label="How old are you?", min_value=YOUNGEST, max_value=OLDEST)
    part = forms.ChoiceField(label="Who are you in the family?", choices=list(PARTS.items()), widget=Radios)

    def person(self) -> PersonAnswer:
        return person_of(self.cleaned_data)


class ReachForm(GovForm):
    called = {
        "after": "The beginning",
        "before": "The end",
        "may_ring": "Whether we may ring",
        "may_text": "Whether we may send a text",
        "may_leave_message": "Whether we may leave a message",
    }
    phone = forms.CharField(
        label="Your telephone number", max_length=30, required=False,
        help_text="Only if nobody who must not know answers it or reads it.",
    )  # fmt: skip
    may_ring = yes_no("Is it safe if we ring you?")
    may_text = yes_no("Is it safe if we send you a text?")
    may_leave_message = yes_no("Is it safe if we leave a message?")
    days = forms.TypedMultipleChoiceField(
        label="On which days is it safe?", choices=list(enumerate(DAYS)), coerce=int, required=False,
        widget=Checkboxes, help_text="None ticked: on any day.",
    )  # fmt: skip
    after = forms.TimeField(
        label="Safe from", required=False, help_text="Like 9:30. Empty: at any time.", widget=forms.TimeInput(NARROW)
    )
    before = forms.TimeField(
        label="Safe until", required=False, help_text="Like 15:00.", widget=forms.TimeInput(NARROW)
    )
    other_way = forms.CharField(
        label="Is there another safe way to reach you?", max_length=200, required=False,
        help_text="For example, through Mrs Hall at my daughter's school.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        after, before = said.get("after"), said.get("before")
        if after and before and after >= before:
            self.add_error("before", "The end must be after the beginning")
        wanted = "yes" in {said.get("may_ring"), said.get("may_text")}
        if wanted and "phone" in said and not any(figure.isdigit() for figure in said["phone"]):
            self.add_error("phone", "Give the number that we may ring or text")
        if said.get("may_ring") == said.get("may_text") == "no" and not said.get("other_way"):
            self.add_error("other_way", "Say how we can reach you, if we must not ring or text")
        return said

    def reach(self) -> Reach:
        said = self.cleaned_data
        may = {name: said[name] == "yes" for name in ("may_ring", "may_text", "may_leave_message")}
        others = {name: said[name] for name in ("phone", "after", "before", "other_way")}
        return Reach(**may, **others, days=tuple(said["days"]))


class OtherForm(GovForm):
    """One line of who lives there. A line nobody filled in is nobody."""

    given_names = forms.CharField(label="First name", max_length=120, required=False)
    family_name = forms.CharField(
        label="Last name", max_length=120, required=False, help_text="Empty: the same as yours."
    )
    age = forms.IntegerField(label="Age", min_value=0, max_value=OLDEST, required=False)
    part = forms.ChoiceField(label="Who are they?", choices=[("", "Choose"), *OTHERS.items()], required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_follow |= {"given_names", "age", "part"}  # wanted of somebody who is named

    def is_somebody(self) -> bool:
        return any(self.cleaned_data.get(name) not in {None, ""} for name in self.fields)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.is_somebody() and not self.errors:
            for name, sentence in (("given_names", "their first name"), ("age", "about how old they are")):
                if said.get(name) in {None, ""}:
                    self.add_error(name, f"Give {sentence}")
            if not said.get("part"):
                self.add_error("part", "Say who they are")
        return said


class OtherSet(GovFormSet):
    item_name = "Person"

    def people(self, *, named_like: str) -> Iterator[PersonAnswer]:
        for form in self.forms:
            if form.is_somebody():
                said = form.cleaned_data
                yield person_of(said | {"family_name": said["family_name"] or named_like})


OthersFormSet = formset_factory(
    OtherForm, formset=OtherSet, extra=3, max_num=MOST_OTHERS, validate_max=True, absolute_max=MOST_OTHERS + 5
)


class HomeForm(GovForm):
    called = {"district": "Your district"}
    postcode = forms.CharField(
        label="Your postcode", max_length=10, widget=forms.TextInput({"class": "govuk-input--width-10"}),
        help_text="So that the team near you gets this.",
    )  # fmt: skip
    district = forms.ModelChoiceField(
        Locality.objects.all(), label="Which district do you live in?", to_field_name="slug", widget=Radios,
        empty_label=None, help_text="We do not know this postcode yet.",
    )  # fmt: skip
    address = forms.CharField(
        label="Your address", max_length=200, required=False,
        help_text="You need not say it. We do not write to you and do not come unless you ask us to.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        code = written(str(self["postcode"].value() or ""))
        if code is None or find_place(code).is_known:
            del self.fields["district"]

    def clean_postcode(self) -> str:
        code = written(self.cleaned_data["postcode"])
        if not code:
            raise forms.ValidationError(FULL_POSTCODE)
        if find_place(code).outside:
            raise forms.ValidationError(not_in_county(code))
        return code

    @property
    def place(self) -> dict[str, str]:
        district = self.cleaned_data.get("district")
        said = {name: self.cleaned_data[name] for name in ("postcode", "address")}
        return said | {"district": district.slug if district else ""}


class HelpForm(GovForm):
    needs = forms.MultipleChoiceField(
        label="Tick what fits", choices=list(OWN_WORDS.items()), widget=Checkboxes, required=False,
        help_text="You need not say more than you want to.",
    )  # fmt: skip
    words = forms.CharField(
        label="In your own words", max_length=LONGEST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_follow.add("needs")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and not said.get("needs") and not said.get("words"):
            self.add_error("needs", "Choose what you would like help with, or say it in your own words")
        return said


class AgreeForm(GovForm):
    agrees = forms.BooleanField(
        label="Yes, you may get in touch with me about this, in the way I said is safe",
        error_messages={"required": "We can only get in touch if you say yes"},
    )


class SendForm(GovForm):
    """The box that people do not see: what fills it in is a program."""

    website = forms.CharField(label="Leave this box empty", required=False, max_length=200)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            message = "Leave the last box empty, then send this again"
            raise forms.ValidationError(message)
        return ""


def person_of(said: dict[str, Any]) -> PersonAnswer:
    return PersonAnswer(
        given_names=said["given_names"], family_name=said["family_name"], part=said["part"],
        born_on=estimated_birth(said["age"], on=today()), born_estimated=True,
    )  # fmt: skip
