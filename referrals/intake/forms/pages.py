"""Danger, the home, the needs and the agreement."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html

from families.localities.rules import written
from families.localities.services import find_place, source_in_words
from families.needs.rules import NEEDS
from referrals.intake import rules, services
from referrals.intake.forms.drafts import YES_NO, DraftForm, YesNo
from referrals.intake.models import Referral
from slf.access.models import Locality
from slf.clock import today
from slf.web.forms import Checkboxes, GovDateField, GovForm, Radios

EVIDENCE = {kind: f"evidence_{kind}" for kind in NEEDS}


class DangerForm(DraftForm):
    in_danger = YesNo(
        label="Is anyone in the family in danger right now?",
        help_text="For example, somebody is hurt, a child is missing or left alone, or somebody is threatened.",
    )


class RangForm(GovForm):
    """Asked where the referrer has to stop: going on takes an answer, leaving for now does not."""

    spoke_to = forms.CharField(
        label="Who did you speak to?",
        max_length=120,
        help_text="Their name and where they work. Add a reference if you were given one.",
    )

    called = {"spoke_to": "Who you spoke to"}

    def __init__(self, *args: Any, may_wait: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["spoke_to"].required = not may_wait


class HomeForm(DraftForm):
    address = forms.CharField(validators=[MaxLengthValidator(200)], widget=forms.Textarea(attrs={"rows": 3}))
    postcode = forms.CharField(max_length=10)
    district = forms.ModelChoiceField(
        Locality.objects.all(),
        label="Which district is this postcode in?",
        help_text="We do not know this postcode yet.",
        widget=Radios,
        empty_label=None,
    )
    phone = forms.CharField(label="Telephone number", max_length=30, required=False)
    safe_contact = forms.CharField(
        label="Is there a safe way or time to get in touch?", max_length=200, required=False,
        help_text="For example, ring her mobile in school hours only; never leave a message.",
    )  # fmt: skip

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any):
        initial = {name: getattr(draft, name) for name in ("postcode", "phone", "safe_contact")}
        initial |= {"address": draft.address.replace(", ", "\n"), "district": draft.locality_id}
        super().__init__(*args, initial=initial, **kwargs)
        decides = "It decides which district's team gets the referral."
        self.fields["postcode"].help_text = f"{decides} {source_in_words()}."
        code = written(self["postcode"].value() or "")
        if code is None or find_place(code).is_known:
            del self.fields["district"]

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        if typed and not (code := written(typed)):
            message = "Enter a full postcode, like LE11 2AB"
            raise forms.ValidationError(message)
        if typed and find_place(code).outside:
            raise forms.ValidationError(rules.not_in_county(code))
        return code if typed else ""

    def clean_address(self) -> str:
        lines = (line.strip(" ,") for line in self.cleaned_data["address"].splitlines())
        return ", ".join(filter(None, lines))


class NeedsPage(DraftForm):
    """The common issues; choosing one asks what was seen of it."""

    needs = forms.MultipleChoiceField(
        label="Which of these does the family face?",
        choices=list(NEEDS.items()),
        widget=Checkboxes(reveals=EVIDENCE),
        help_text="Choose all that apply. Say for each what you have seen or been told.",
    )

    whole_family = forms.ChoiceField(
        label="Would they benefit from one worker and one plan for the whole family?",
        choices=YES_NO,
        widget=Radios(reveals={"yes": "whole_family_why"}),
        help_text="For example, when the needs of parents and children belong together, or several services are there.",
    )
    whole_family_why = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any):
        said = {need.kind: need.evidence for need in draft.needs.all()}
        initial = {"needs": list(said)} | {EVIDENCE[kind]: words for kind, words in said.items()}
        initial |= {
            "whole_family": {True: "yes", False: "no"}.get(draft.whole_family),
            "whole_family_why": draft.whole_family_why,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def answers(self) -> dict[str, Any]:
        chosen = self.cleaned_data["needs"]
        return {
            "needs": {kind: self.cleaned_data[name] for kind, name in EVIDENCE.items() if kind in chosen},
            "whole_family": {"yes": True, "no": False}.get(self.cleaned_data["whole_family"]),
            "whole_family_why": self.cleaned_data["whole_family_why"],
        }


def _evidence_field(kind: str) -> forms.CharField:
    hidden = format_html('<span class="govuk-visually-hidden"> {}</span>', NEEDS[kind])
    return forms.CharField(
        label=format_html("What have you seen or been told?{}", hidden),
        max_length=rules.LONGEST_EVIDENCE,
        error_messages={"required": f"Say what you have seen: {NEEDS[kind]}"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


NeedsForm = type("NeedsForm", (NeedsPage,), {name: _evidence_field(kind) for kind, name in EVIDENCE.items()})


class AgreementForm(DraftForm):
    family_knows = YesNo(label="Does the family know that you are making this referral?")
    agreement = forms.ChoiceField(
        label="Does the family agree to it?",
        choices=list(rules.AGREEMENTS.items()),
        widget=Radios(reveals={rules.GIVEN: "agreed_by", rules.REFUSED: "refused_why"}),
    )
    refused_why = forms.ChoiceField(label="Why do they refuse?", widget=Radios)
    agreed_by = forms.ChoiceField(label="Who agreed?", widget=Radios)
    agreed_on = GovDateField(
        label="When did they say so?",
        called="The day they said so",
        latest=today,
        help_text="Leave this empty if nobody has asked them yet.",
    )

    def __init__(self, *args: Any, draft: Referral, **kwargs: Any):
        names = ("family_knows", "agreement", "agreed_on", "refused_why")
        initial = {name: getattr(draft, name) for name in names} | {
            "agreed_by": draft.agreed_by and draft.agreed_by.uid
        }
        super().__init__(*args, initial=initial, **kwargs)
        adults = [(person.uid, str(person)) for person in draft.people.all() if person.part != rules.CHILD]
        self.fields["agreed_by"].choices = adults
        self.fields["refused_why"].choices = services.refusals_for(draft)
        if not adults:
            self.fields["agreed_by"].help_text = "Name the adults of the family first, then choose one of them here."

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("family_knows") is False and said.get("agreement") == rules.GIVEN:
            self.add_error("agreement", rules.CANNOT_AGREE)
