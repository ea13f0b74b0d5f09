"""A service of the directory, as an administrator writes it down."""

from typing import Any

from django import forms

from referrals.directory.models import Service
from referrals.directory.rules import Sender
from slf.access.models import Locality
from slf.web.forms import GovDateField, OnceModelForm, Radios

NO_WAY = "Give a telephone number or a web address, so that a family can reach it"

FIRST = "Say which families go first, who agreed it, and from which day"


class ServiceForm(OnceModelForm):
    web = forms.URLField(label="Web address", required=False, max_length=200, assume_scheme="https")
    locality = forms.ModelChoiceField(
        Locality.objects.all(), label="Where is it?", required=False, widget=Radios, blank=True,
        empty_label="In the whole county",
    )  # fmt: skip
    first_from = GovDateField(label="They go first from", required=False)
    first_until = GovDateField(label="The last day of that", required=False, help_text="Empty while nobody knows one.")
    starts_on = GovDateField(label="Offered from")
    ends_on = GovDateField(label="Last day", required=False, help_text="Leave this empty while nobody knows one.")

    class Meta:
        model = Service
        fields = [
            "name", "offers", "locality", "phone", "web", "level", "youngest", "oldest", "sender", "goes_first",
            "agreed", "first_from", "first_until", "starts_on", "ends_on", "source",
        ]  # fmt: skip
        labels = {
            "offers": "What it offers", "level": "From which level of need does it take families?",
            "youngest": "The youngest it takes, in years", "oldest": "The oldest it takes, in years",
            "sender": "Who may ask it?", "goes_first": "Which families go first there?",
            "agreed": "Who agreed that with whom, and when?",
        }  # fmt: skip
        help_texts = {"level": "As the shared threshold document names the levels. Empty: any."}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["sender"].required = False

    def clean_sender(self) -> str:
        """Return who may ask it: anybody, where nobody is named."""
        return self.cleaned_data["sender"] or Sender.ANYBODY.value

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        first = [said.get(name) for name in ("goes_first", "agreed", "first_from")]
        if any(first) and not all(first):
            self.add_error("goes_first", FIRST)
        if said.get("first_until") and (not first[2] or said["first_until"] < first[2]):
            self.add_error("first_until", "The last day must be after the first, or the same")
        youngest, oldest = said.get("youngest"), said.get("oldest")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest", "The oldest cannot be younger than the youngest")
        if "phone" in said and "web" in said and not said["phone"] and not said["web"]:
            self.add_error("phone", NO_WAY)
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be after the first, or the same")
