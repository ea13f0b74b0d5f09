"""Where one goes and when one is back; a message on coming back; one's own word; the roster."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casework.lone_working import rules
from casework.lone_working.rules import LONGEST_OUTCOME, LONGEST_PHONE, LONGEST_PLACE, RANK_NAMES, Going
from slf.access.models import Locality
from slf.accounts.models import User
from slf.web.forms import OnceForm, Radios

THE_COUNTY = "The whole county"
MORE = [(15, "A quarter of an hour"), (30, "Half an hour"), (60, "An hour")]


def clock_box() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-5"}, format="%H:%M")


class GoForm(OnceForm):
    called = {"place": "Where you go", "phone": "The number", "back_at": "The time", "locality": "the locality"}
    place = forms.CharField(
        label="Where do you go?", max_length=LONGEST_PLACE, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The address, as somebody would need it to be sent there. Only who answers an alarm reads it.",
    )  # fmt: skip
    phone = forms.CharField(
        label="Which telephone do you have with you?", max_length=LONGEST_PHONE,
        widget=forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20", "autocomplete": "tel"}),
    )  # fmt: skip
    back_at = forms.TimeField(label="When are you back?", widget=clock_box())
    reference = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    locality = forms.ModelChoiceField(label="For which locality?", queryset=Locality.objects.none())

    def __init__(self, *args: Any, localities: list[Locality], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.only = localities[0] if len(localities) == 1 else None
        if self.only:
            del self.fields["locality"]
        else:
            self.fields["locality"].queryset = Locality.objects.filter(pk__in=[one.pk for one in localities])

    @property
    def of(self) -> Locality:
        """Return the locality that one goes out for."""
        return self.only or self.cleaned_data["locality"]

    @property
    def going(self) -> Going:
        given: time = self.cleaned_data["back_at"]
        back = rules.next_moment(timezone.localtime(), given.hour, given.minute)
        return Going(self.cleaned_data["place"], self.cleaned_data["phone"], back, self.cleaned_data["reference"])


class LongerForm(OnceForm):
    minutes = forms.TypedChoiceField(label="How much more time do you need?", choices=MORE, coerce=int)

    def due_at(self, before: datetime) -> datetime:
        """Return the new time, counted from the one before, or from now where that is over."""
        return max(before, timezone.now()) + timedelta(minutes=self.cleaned_data["minutes"])


class BackForm(OnceForm):
    message = forms.CharField(label="A word to whoever waits for you", required=False, max_length=200)


class WordForm(OnceForm):
    called = {"word": "The word"}
    word = forms.CharField(
        label="Your word", max_length=rules.LONGEST_WORD,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
        help_text="One that nobody would notice in a message, and that you would not write by chance.",
    )  # fmt: skip


class CloseForm(OnceForm):
    called = {"outcome": "How it ended"}
    outcome = forms.CharField(
        label="How did it end?", max_length=LONGEST_OUTCOME, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example that you spoke to them and they are safe.",
    )  # fmt: skip


class TurnForm(OnceForm):
    """Somebody, for a locality or the county, from a moment until another."""

    called = {"user": "who answers", "starts": "The beginning", "ends": "The end", "where": "for whom"}
    user = forms.ModelChoiceField(label="Who answers?", queryset=User.objects.none())
    where = forms.ChoiceField(label="For whom?")
    rank = forms.ChoiceField(
        label="In which order?", choices=[(rank.value, name) for rank, name in RANK_NAMES.items()], widget=Radios
    )
    starts = forms.DateTimeField(
        label="From", widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "govuk-input--width-20"})
    )
    ends = forms.DateTimeField(
        label="Until", widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "govuk-input--width-20"})
    )

    def __init__(self, *args: Any, people: Any, localities: list[Locality], county: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.localities = {str(one.pk): one for one in localities}
        self.fields["user"].queryset = people
        more = [("", THE_COUNTY)] if county else []
        self.fields["where"].choices = [(key, str(one)) for key, one in self.localities.items()] + more
        self.fields["where"].required = not county

    @property
    def told(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in ("user", "rank", "starts", "ends")}
        return data | {"locality": self.localities.get(self.cleaned_data["where"])}
