"""What a report is asked for."""

from datetime import date
from typing import Any

from django import forms

from performance.outcomes.rules import year_of
from performance.reports.asking import Kind, Reach
from slf.access.models import Locality
from slf.web.forms import GovDateField, OnceForm, Radios

COUNTY = "county"


class AskForm(OnceForm):
    """For which place and which days; only what the kind asks for, and only what its reader may see."""

    called = {"place": "what the report is of"}
    place = forms.ChoiceField(label="What is it of?", widget=Radios)
    since = GovDateField(label="From", help_text="The first day it tells of.")
    until = GovDateField(label="To", help_text="The last day it tells of: today at the latest.")

    def __init__(self, *args: Any, kind: Kind, reach: Reach, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine = {place.slug: place for place in reach.localities(kind)}
        places = [(COUNTY, "The whole county")] if reach.county(kind) else []
        self.fields["place"].choices = places + [(slug, str(place)) for slug, place in self.mine.items()]
        self.fields["place"].initial = self.fields["place"].choices[0][0]
        if kind.of_a_day:
            del self.fields["since"], self.fields["until"]
        else:
            self.fields["since"].initial, self.fields["until"].initial = year_of(on)

    def answers(self, on: date) -> dict[str, Any]:
        """Return what was asked for, as the service takes it."""
        given = self.cleaned_data
        place: Locality | None = self.mine.get(given["place"])
        return {"locality": place, "since": given.get("since", on), "until": given.get("until", on)}
