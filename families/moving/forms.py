"""The small pages of a change of address: the postcode first, then who and since when, then the address."""

from collections.abc import Sequence
from typing import Any

from django import forms

from families.addresses.models import Home
from families.localities.rules import written
from families.moving.rules import since_problem
from families.people.models import Membership
from slf.clock import today
from slf.web.forms import Checkboxes, GovDateField, GovForm, OnceForm, Radios
from slf.web.words import day_in_words

PROTECTED = [("no", "No"), ("yes", "Yes, it is a protected address")]
PROTECTED_NUMBER = [("no", "No"), ("yes", "Yes, it is protected")]
TOLD_TO = {
    "yes": "Only those who work with the family, and the seniors and managers of its locality, are told it. No search, "
    "hint, print or export shows it."
}


class PostcodeForm(GovForm):
    """What decides where the rest goes."""

    postcode = forms.CharField(
        label="What is the new postcode?", max_length=10, required=False,
        help_text="For example, LE11 2AB. Leave it empty if you do not know it.",
    )  # fmt: skip

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        if typed and not (code := written(typed)):
            message = "Enter a full postcode, like LE11 2AB, or leave it empty"
            raise forms.ValidationError(message)
        return code if typed else ""


class OfHousehold:
    """Names members of a household: nobody is ticked beforehand."""

    def __init__(self, *args: Any, household: Sequence[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.household = {str(member.person.uid): member for member in household}
        self.fields["who"].choices = [(uid, str(member.person)) for uid, member in self.household.items()]

    @property
    def members(self) -> list[Membership]:
        return [self.household[uid] for uid in self.cleaned_data["who"]]

    def clean(self) -> None:
        """Refuse a day on which one of those who are named was not in the household yet."""
        super().clean()
        if not {"who", "since"} <= self.cleaned_data.keys():
            return
        for member in self.members:
            said = {"joined": member.period.lower, "name": str(member.person), "on": today()}
            if problem := since_problem(self.cleaned_data["since"], **said):
                self.add_error("since", problem)
                return


class WhoForm(OfHousehold, GovForm):
    """For whom of the household, and from when."""

    called = {"who": "Who moved"}
    who = forms.MultipleChoiceField(
        label="Who has moved there?", widget=Checkboxes, error_messages={"required": "Say who has moved there"}
    )
    since = GovDateField(label="From which day?", called="The day they moved", latest=today)
    use = forms.ChoiceField(
        label="Do they live there all the time?",
        choices=[(Home.Use.MAIN.value, "Yes"), (Home.Use.SECOND.value, "No, part of the time")],
        widget=Radios(hints={Home.Use.SECOND.value: "Where they lived before goes on beside it."}),
    )


class AddressForm(OnceForm):
    """The rest of the address, and who may know it."""

    called = {"protected": "Whether it is a protected address"}
    address = forms.CharField(
        label="What is the address?", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Without the postcode.",
    )  # fmt: skip
    protected = forms.ChoiceField(
        label="Must this address be kept from others?", choices=PROTECTED, widget=Radios(hints=TOLD_TO),
        help_text="For example, after domestic abuse, or when somebody is looking for them.",
        error_messages={"required": "Say whether the address must be kept from others"},
    )  # fmt: skip

    def __init__(self, *args: Any, postcode: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.postcode = postcode

    def clean_address(self) -> str:
        lines = (line.strip(" ,") for line in self.cleaned_data["address"].splitlines())
        return ", ".join(filter(None, lines))

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if not (said.get("address") or self.postcode or said.get("protected") != "no" or self.errors):
            self.add_error("address", "Give the address, because the postcode is not known")

    @property
    def is_protected(self) -> bool:
        return self.cleaned_data["protected"] == "yes"


class NumberForm(OfHousehold, OnceForm):
    """A telephone number, whose it is and since when."""

    called = {"who": "Whose number it is", "protected": "Whether the number is protected"}
    number = forms.CharField(label="What is the telephone number?", max_length=30)
    who = forms.MultipleChoiceField(
        label="Whose number is it?", widget=Checkboxes, error_messages={"required": "Say whose number it is"},
        help_text="It takes the place of their numbers until then.",
    )  # fmt: skip
    since = GovDateField(label="From which day?", called="The day", latest=today, initial=today)
    protected = forms.ChoiceField(
        label="Must this number be kept from others?", choices=PROTECTED_NUMBER,
        widget=Radios(hints=TOLD_TO), error_messages={"required": "Say whether the number must be kept from others"},
    )  # fmt: skip

    @property
    def is_protected(self) -> bool:
        return self.cleaned_data["protected"] == "yes"


class CorrectHomeForm(OnceForm):
    """How an address is written, and who may know it."""

    called = {"protected": "Whether it is a protected address"}
    address = forms.CharField(label="Address, without the postcode", max_length=200, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    protected = forms.ChoiceField(
        label="Must this address be kept from others?", choices=PROTECTED, widget=Radios(hints=TOLD_TO)
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    clean_postcode = PostcodeForm.clean_postcode

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if not (self.errors or said["address"] or said["postcode"] or said["protected"] == "yes"):
            self.add_error("address", "Give the address, or at least the postcode")


class CorrectNumberForm(OnceForm):
    """How a telephone number is written, and who may know it."""

    called = {"protected": "Whether the number is protected"}
    number = forms.CharField(label="Telephone number", max_length=30)
    protected = forms.ChoiceField(
        label="Must this number be kept from others?", choices=PROTECTED_NUMBER,
        widget=Radios(hints=TOLD_TO),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)


class EndForm(GovForm):
    """From when it was no longer right."""

    last = GovDateField(label="From which day was it no longer right?", called="The day", latest=today)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, began: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.began = began

    def clean_last(self):
        last = self.cleaned_data["last"]
        if last <= self.began:
            message = f"The day must be after {day_in_words(self.began)}, the day it began"
            raise forms.ValidationError(message)
        return last
