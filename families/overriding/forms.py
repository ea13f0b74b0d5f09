"""What is shown all the same, to whom, for what and why."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from families.overriding.rules import LONGEST_REASON, OCCASIONS, Occasion
from families.sharing.use import LeftOut
from slf.access.rules import SHORTEST_REASON
from slf.accounts.models import User
from slf.web.forms import OnceForm, Radios


class OverrideForm(OnceForm):
    called = {
        "what": "What is shown",
        "shown_to": "Who is shown it",
        "occasion": "What calls for it",
        "reason": "Your reason",
    }
    what = forms.ChoiceField(label="What is to be shown?", widget=Radios)
    shown_to = forms.ChoiceField(label="To whom?", help_text="They still need the family's record open to them.")
    occasion = forms.ChoiceField(
        label="What calls for it?", choices=[(p.value, row.label) for p, row in OCCASIONS.items()], widget=Radios
    )
    reason = forms.CharField(
        label="Why does it have to be shown now?", min_length=SHORTEST_REASON, max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Who asked, about what, and by which order or enquiry.",
    )  # fmt: skip

    def __init__(self, *args: Any, left: Sequence[LeftOut], people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.left = {f"{each.agency}:{each.kind}": each for each in left}
        self.people = {str(person.uid): person for person in people}
        self.fields["what"].choices = [
            (key, f"{each.what}, {each.whose} ({each.number})") for key, each in self.left.items()
        ]
        self.fields["shown_to"].choices = [("", "Choose"), *((uid, str(who)) for uid, who in self.people.items())]

    @property
    def said(self) -> dict[str, Any]:
        """Return what was answered as the service takes it."""
        answers = self.cleaned_data
        left = self.left[answers["what"]]
        return {
            "agency": left.agency, "kind": left.kind, "shown_to": self.people[answers["shown_to"]],
            "occasion": Occasion(answers["occasion"]), "reason": answers["reason"],
        }  # fmt: skip
