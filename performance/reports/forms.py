"""What a report is asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from performance.outcomes.rules import year_of
from performance.reports.asking import READERS, Kind, Reach
from performance.reports.kinds import KINDS
from performance.reports.rules.due import EVERY_NAMES, LAST_DAY
from slf.access.models import Locality, Post
from slf.accounts.models import User
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


class ScheduleForm(OnceForm):
    """Which report is made how often, for which place, and for whom it waits."""

    called = {"kind": "which report", "place": "what the report is of", "every": "how often", "reader": "who reads it"}
    kind = forms.ChoiceField(label="Which report?", widget=Radios)
    place = forms.ChoiceField(label="What is it of?", widget=Radios)
    every = forms.ChoiceField(label="How often?", choices=list(EVERY_NAMES.items()), widget=Radios)
    day = forms.IntegerField(
        label="On which day of the month?", min_value=1, max_value=LAST_DAY,
        help_text="From 1 to 28. A report of a quarter is made in the first month of the next one.",
    )  # fmt: skip
    reader = forms.ModelChoiceField(
        User.objects.none(), label="Who is to read it?", help_text="It waits on their “My day” until they have."
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in KINDS.values() if reach.may(kind)]
        self.places = {place.slug: place for kind in kinds for place in reach.localities(kind)}
        self.fields["kind"].choices = [(kind.code, kind.title) for kind in kinds]
        self.fields["place"].choices = [(COUNTY, "The whole county"), *((s, str(p)) for s, p in self.places.items())]
        posts = Post.objects.filter(role__in=READERS, period__contains=timezone.localdate()).values("user")
        people = User.objects.filter(pk__in=posts, is_active=True, is_service=False)
        self.fields["reader"].queryset = people.order_by("last_name", "first_name")

    def answers(self) -> dict[str, Any]:
        """Return what was said, as the service takes it."""
        given = self.cleaned_data
        return {
            "kind": KINDS[given["kind"]], "locality": self.places.get(given["place"]), "every": given["every"],
            "day": given["day"], "reader": given["reader"],
        }  # fmt: skip
