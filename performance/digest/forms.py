"""Whether one wants the mail of the day."""

from django import forms

from slf.web.forms import GovForm, Radios

ON, OFF = "on", "off"


class ChoiceForm(GovForm):
    called = {"wanted": "whether you want it"}
    wanted = forms.ChoiceField(
        label="Do you want this mail?", widget=Radios,
        choices=[(ON, "Yes, when something waits for me"), (OFF, "No")],
    )  # fmt: skip
