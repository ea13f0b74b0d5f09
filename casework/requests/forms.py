"""What a service is asked for, and each day of a request after that."""

from operator import attrgetter
from typing import Any

from django import forms

from casework.interventions.forms import PeopleForm, choices
from casework.requests import rules
from casework.requests.rules import LONGEST
from families.needs.rules import NEEDS
from families.people.models import Family
from referrals.directory.models import Service
from referrals.directory.rules import WHY_ALL_THE_SAME
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import setting_on, value_of
from slf.policy.rules import Reasons, Setting
from slf.web.forms import GovDateField, OnceForm, Radios
from slf.web.words import EXAMPLE

UNMET = [("unavailable", "There is none, or it is not available here"), ("declined", "The service declined")]


def words(label: str, help_text: str = "", **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area, **more)


class AskForm(PeopleForm):
    called = {"need": "The need", "words": "What is asked for", "asked_on": "The day"}
    service = forms.ModelChoiceField(
        Service.objects.none(), label="Which service of the directory?", required=False, to_field_name="uid",
        empty_label="None of them",
    )  # fmt: skip
    other = forms.CharField(
        label="If it is none of them: what is asked for?", required=False, max_length=120,
        help_text="For example: counselling for young people.",
    )  # fmt: skip
    need = forms.ChoiceField(label="Which need is it for?", choices=[("", "Choose"), *NEEDS.items()])
    person = forms.ChoiceField(label="Who is it for?", required=False)
    words = words("What was asked for, and why?")
    asked_on = GovDateField(label="When was it asked for?", called="The day", latest=today)
    all_the_same = forms.ChoiceField(
        label="Why is it asked all the same?", required=False, widget=Radios,
        help_text="Where the family does not meet what the service asks for. Commissioning counts by it.",
    )  # fmt: skip
    field_order = ("service", "all_the_same", "other", "need", "person", "words", "asked_on")

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, family=family, user=user, **kwargs)
        offered, locality = Service.objects.offered_on(today()), family.scope.locality
        self.fields["service"].queryset = offered.near(locality) if locality else offered
        self.fields["service"].label_from_instance = attrgetter("in_short")
        if self.is_bound:
            self.fields["all_the_same"].choices = value_of(WHY_ALL_THE_SAME).choices
        else:  # asked once a service is chosen that the family does not meet
            del self.fields["all_the_same"]
        self.fields["person"].choices = [("", "The whole family"), *choices(self.members)]

    @property
    def told(self) -> dict[str, Any]:
        chosen = self.cleaned_data["person"]
        person = next((one.entry for one in self.members if str(one.person.uid) == chosen), None)
        return self.cleaned_data | {"person": person}


class OfferForm(OnceForm):
    offered_on = GovDateField(label="When did the service offer it?", called="The day", latest=today)


class StartForm(OnceForm):
    started_on = GovDateField(label="When did it start?", called="The day", latest=today)


class ReasonForm(OnceForm):
    """A form that asks for a reason of a setting."""

    setting: Setting[Reasons]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = setting_on(self.setting)
        self.fields["reason"].choices = now.value.choices
        self.fields["reason"].help_text = f"The list is an {EXAMPLE}." if now.is_example else ""


class EndForm(ReasonForm):
    setting = rules.OUTCOMES
    called = {"reason": "How it ended", "words": "How it went", "closed_on": "The day"}
    reason = forms.ChoiceField(label="How did it end?", widget=Radios)
    words = words("How did it go?", "What is different now, in the family's words where you can.")
    closed_on = GovDateField(label="When did it end?", called="The day", latest=today)


class NotMetForm(ReasonForm):
    setting = rules.WHY_UNMET
    called = {"how": "What happened", "reason": "The reason", "closed_on": "The day"}
    how = forms.ChoiceField(label="What happened?", choices=UNMET, widget=Radios)
    reason = forms.ChoiceField(label="Why?", widget=Radios)
    words = words("What was said?", required=False)
    closed_on = GovDateField(label="When was that known?", called="The day", latest=today)
    field_order = ("how", "reason", "words", "closed_on")


class WithdrawForm(OnceForm):
    called = {"words": "Why it is not wanted any more", "closed_on": "The day"}
    words = words("Why is it not wanted any more?")
    closed_on = GovDateField(label="When was that said?", called="The day", latest=today)
