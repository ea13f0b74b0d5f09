"""What every decision asks, and those that end a referral here: signpost, pass on, decline, ask for more."""

from typing import Any

from django import forms
from django.utils.html import format_html

from families.localities.services import find_place
from referrals.directory.models import Service
from referrals.directory.rules import WHY_ALL_THE_SAME
from referrals.enquiries.rules import LONGEST_QUESTION, SUBJECTS
from referrals.intake.models import Referral
from referrals.intake.rules import WrongAnswer
from referrals.triage import rules
from referrals.triage.elsewhere import services_for
from referrals.triage.spite import check_met
from slf.access.models import Locality
from slf.clock import today
from slf.policy.models import value_of
from slf.web.forms import Checkboxes, OnceForm, Radios


class DecisionForm(OnceForm):
    """A decision says which state of the referral it was made from, so that none is made over an unread reply."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = referral.revision


FOR_THE_FAMILY = "What will you tell the family?"
KEPT_HERE = "It is kept with the referral. Say what they could do instead."


class SignpostForm(DecisionForm):
    service = forms.ModelChoiceField(
        Service.objects.none(), label="Which service?", widget=Radios, empty_label=None, to_field_name="uid"
    )
    message = forms.CharField(
        label="What else should the referrer know?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They are told the service, what it offers and how to reach it. Then they read this as you write it.",
    )

    all_the_same = forms.ChoiceField(
        label="Why this service all the same?", required=False, widget=Radios,
        help_text="Where the family does not meet what the service asks for. Commissioning counts by it.",
    )  # fmt: skip
    field_order = ("service", "all_the_same", "message")

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any):
        super().__init__(*args, referral=referral, **kwargs)
        self.referral = referral
        if self.is_bound:
            self.fields["all_the_same"].choices = value_of(WHY_ALL_THE_SAME).choices
        else:  # asked once a service is chosen that the family does not meet
            del self.fields["all_the_same"]
        if referral.is_own:
            self.fields["message"].label, self.fields["message"].help_text = FOR_THE_FAMILY, KEPT_HERE
        service, offered = self.fields["service"], services_for(referral.arrival.locality, on=today())
        service.queryset = offered
        service.widget.hints = {str(one.uid): hint_of(one) for one in offered}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("service"):
            try:
                check_met(self.referral, said["service"], all_the_same=said.get("all_the_same", ""), on=today())
            except WrongAnswer as wrong:
                self.add_error("all_the_same", wrong.message)
        return said


def hint_of(service: Service) -> str:
    first = f"Goes first: {service.first_now}." if service.first_now else ""
    asks = f"{service.asks_for}." if service.asks_for else ""
    return " ".join(filter(None, (service.offers, service.reached, asks, first)))


class PassOnForm(DecisionForm):
    called = {"to": "The team", "why": "Why it goes to that team"}
    to = forms.ModelChoiceField(Locality.objects.all(), label="Which team?", widget=Radios, empty_label=None)
    why = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Read by that team. The referrer is told only which team has the referral now.",
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any):
        super().__init__(*args, referral=referral, **kwargs)
        there, to = find_place(referral.postcode).locality, self.fields["to"]
        to.queryset = Locality.objects.exclude(pk=referral.locality_id)
        if there is not None and there.pk != referral.locality_id:
            to.widget.hints = {str(there.pk): f"By its postcode, {referral.postcode}"}


class DeclineForm(DecisionForm):
    reason = forms.ChoiceField(label="Why is it declined?", widget=Radios)
    message = forms.CharField(
        label="What should the referrer know?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="They read this as you write it. Say what they or the family could do instead.",
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any):
        super().__init__(*args, referral=referral, **kwargs)
        self.fields["reason"].choices = value_of(rules.REASONS).choices
        if referral.is_own:
            self.fields["message"].label, self.fields["message"].help_text = FOR_THE_FAMILY, KEPT_HERE


QUESTIONS = {about: f"question_{about}" for about in SUBJECTS}


class AskPage(DecisionForm):
    """What the team has to know more about; choosing a subject asks for the question in words."""

    about = forms.MultipleChoiceField(
        label="What do you have to know more about?",
        choices=list(SUBJECTS.items()),
        widget=Checkboxes(reveals=QUESTIONS),
        help_text="The referrer reads each question as you write it.",
    )

    @property
    def questions(self) -> dict[str, str]:
        chosen = self.cleaned_data["about"]
        return {about: self.cleaned_data[name] for about, name in QUESTIONS.items() if about in chosen}


def _question_field(about: str) -> forms.CharField:
    hidden = format_html('<span class="govuk-visually-hidden"> about: {}</span>', SUBJECTS[about])
    return forms.CharField(
        label=format_html("Your question{}", hidden),
        max_length=LONGEST_QUESTION,
        error_messages={"required": f"Write your question: {SUBJECTS[about]}"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


AskForm = type("AskForm", (AskPage,), {name: _question_field(about) for about, name in QUESTIONS.items()})
