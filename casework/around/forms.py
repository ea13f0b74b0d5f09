"""Who joins the team around a family, how they are reached, and why somebody left."""

from typing import Any

from django import forms

from casework.around.models import TeamMember
from casework.around.rules import AGENCY_NAMES, LONGEST, Kind
from families.interests.services import colleagues
from families.people.models import Family
from referrals.directory.models import Service
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm


class ReachForm(OnceForm):
    """What somebody does for the family, and how they are reached."""

    called = {"part": "What they do for the family", "email": "The email address"}
    part = forms.CharField(label="What do they do for the family?", max_length=120)
    organisation = forms.CharField(
        label="Which school, surgery, team or group?", required=False, max_length=120,
        help_text="Of somebody of another agency.",
    )  # fmt: skip
    phone = forms.CharField(label="Telephone number", required=False, max_length=30)
    email = forms.EmailField(label="Email address", required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if kind != Kind.PROFESSIONAL:
            del self.fields["organisation"]

    @property
    def told(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("part", "organisation", "phone", "email")}


OF_KIND = {
    Kind.COLLEAGUE: ("colleague", "part", "from_on"),
    Kind.PROFESSIONAL: ("name", "agency", "organisation", "part", "phone", "email", "from_on"),
    Kind.SERVICE: ("service", "part", "from_on"),
}
"""What is asked of each kind of member."""


class JoinForm(ReachForm):
    """Somebody joins: a colleague, somebody of another agency, or a service of the directory."""

    called = ReachForm.called | {
        "from_on": "The first day", "colleague": "Which colleague it is", "service": "Which service it is",
        "name": "Their name", "agency": "Which agency they are of",
    }  # fmt: skip
    colleague = forms.ModelChoiceField(User.objects.none(), label="Which colleague?", to_field_name="uid")
    service = forms.ModelChoiceField(Service.objects.none(), label="Which service?", to_field_name="uid")
    name = forms.CharField(label="What is their name?", max_length=120)
    agency = forms.ChoiceField(
        label="Which agency are they of?", choices=[("", "Choose"), *AGENCY_NAMES.items()],
        help_text="What they are given is told in the report of what this partner was shown.",
    )  # fmt: skip
    from_on = GovDateField(label="Since when are they in the team?", called="The first day", latest=today)

    def __init__(self, *args: Any, kind: Kind, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, kind=Kind.PROFESSIONAL, **kwargs)
        self.fields = {name: self.fields[name] for name in (*OF_KIND[kind], "once")}
        self.fields["part"].help_text = "For example: Tyler's class teacher."
        there = TeamMember.objects.visible_to(user).present().filter(family=family)
        if kind == Kind.COLLEAGUE:
            here = colleagues(family, besides=user) | User.objects.filter(pk=user.pk).distinct()
            here = here.exclude(pk__in=there.filter(user__isnull=False).values("user"))
            self.fields["colleague"].queryset = here.order_by("last_name", "first_name", "pk")
        if kind == Kind.SERVICE:
            offered, locality = Service.objects.offered_on(today()), family.scope.locality
            here = offered.near(locality) if locality else offered
            self.fields["service"].queryset = here.exclude(pk__in=there.exclude(service=None).values("service"))

    @property
    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class LeaveForm(OnceForm):
    called = {"because": "Why they left", "to_on": "The last day"}
    to_on = GovDateField(label="What was their last day?", called="The last day", latest=today)
    because = forms.CharField(
        label="Why are they no longer in the team?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
