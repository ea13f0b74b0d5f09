"""The two answers of triage: accept (a new family, or one that is known) and decline."""

from collections.abc import Sequence
from typing import Any

from django import forms

from families.people.models import Family
from families.sharing.models import Agreement
from referrals.intake.models import Referral
from referrals.intake.rules import GIVEN
from referrals.triage import rules
from referrals.triage.likeness import Like
from referrals.triage.services import Agreed
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

NEW = "new"


class AcceptForm(OnceForm):
    """Asks which family it is only when one is like it, and for the agreement only when the referrer had none."""

    which = forms.ChoiceField(label="Which family is this?", widget=Radios)
    agreed_on = GovDateField(label="When did the family agree?", called="The day the family agreed", latest=today)
    how = forms.ChoiceField(label="How did it agree?", widget=Radios)

    def __init__(self, *args: Any, referral: Referral, likes: Sequence[Like], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.likes = {str(like.family.uid): like.family for like in likes}
        if likes:
            self._offer(likes)
        else:
            del self.fields["which"]
        if referral.agreement == GIVEN:
            del self.fields["agreed_on"], self.fields["how"]
        else:
            self.fields["how"].choices = Agreement.How.choices[1:]

    def _offer(self, likes: Sequence[Like]) -> None:
        known = [(str(like.family.uid), f"{like.family.name}, {like.family.reference}") for like in likes]
        which = self.fields["which"]
        which.choices = [*known, (NEW, "A family we do not know yet")]
        which.widget.hints = {str(like.family.uid): "; ".join(like.reasons) for like in likes}

    @property
    def family(self) -> Family | None:
        return self.likes.get(self.cleaned_data.get("which", NEW))

    @property
    def agreed(self) -> Agreed | None:
        if "agreed_on" not in self.fields:
            return None
        return Agreed(on=self.cleaned_data["agreed_on"], how=Agreement.How(self.cleaned_data["how"]))


class DeclineForm(OnceForm):
    reason = forms.ChoiceField(label="Why is it declined?", choices=list(rules.REASONS.items()), widget=Radios)
    message = forms.CharField(
        label="What should the referrer know?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="They read this as you write it. Say what they or the family could do instead.",
    )
