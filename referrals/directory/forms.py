"""A service of the directory, as an administrator writes it down."""

from django import forms

from referrals.directory.models import Service
from slf.access.models import Locality
from slf.web.forms import GovDateField, OnceModelForm, Radios

NO_WAY = "Give a telephone number or a web address, so that a family can reach it"


class ServiceForm(OnceModelForm):
    web = forms.URLField(label="Web address", required=False, max_length=200, assume_scheme="https")
    locality = forms.ModelChoiceField(
        Locality.objects.all(), label="Where is it?", required=False, widget=Radios, blank=True,
        empty_label="In the whole county",
    )  # fmt: skip
    starts_on = GovDateField(label="Offered from")
    ends_on = GovDateField(label="Last day", required=False, help_text="Leave this empty while nobody knows one.")

    class Meta:
        model = Service
        fields = ["name", "offers", "locality", "phone", "web", "starts_on", "ends_on", "source"]
        labels = {"offers": "What it offers"}

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if "phone" in said and "web" in said and not said["phone"] and not said["web"]:
            self.add_error("phone", NO_WAY)
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be after the first, or the same")
