"""What a partner was shown outside of the service, and that one was told of a withdrawal."""

from typing import Any

from django import forms

from families.facts.rules import AGENCIES, CATEGORIES
from families.shown.models import PartnerTold
from families.shown.rules import WRITTEN_DOWN
from families.shown.services import TakenBack
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios


def chosen(pairs: Any) -> list[tuple[str, str]]:
    return [("", "Choose"), *pairs]


class ShowingForm(OnceForm):
    called = {"agency": "The agency", "to": "Who was shown it", "what": "What it was", "category": "What it was about",
              "words": "What they were shown"}  # fmt: skip
    agency = forms.ChoiceField(label="Which agency?", choices=chosen(AGENCIES.items()))
    to = forms.CharField(label="Who was shown it?", max_length=120, help_text="Their name and what they do.")
    what = forms.ChoiceField(
        label="What was it?", choices=[(what.value, what.label) for what in WRITTEN_DOWN], widget=Radios
    )
    category = forms.ChoiceField(label="What was it about?", choices=chosen(CATEGORIES.items()))
    words = forms.CharField(
        label="What were they shown?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In a few words. No address, telephone number or school.",
    )  # fmt: skip
    shown_on = GovDateField(label="When was it?", latest=today)


class TellForm(OnceForm):
    called = {"partner": "The partner", "whom": "Who was told", "how": "How they were told"}
    partner = forms.ChoiceField(label="Which partner was told?", widget=Radios)
    whom = forms.CharField(label="Who was told?", max_length=120, help_text="Their name and what they do.")
    told_on = GovDateField(label="When were they told?", latest=today)
    how = forms.ChoiceField(label="How were they told?", choices=PartnerTold.How.choices, widget=Radios)

    def __init__(self, *args: Any, taken: TakenBack, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [(each.partner, each.partner) for each in taken.partners]
