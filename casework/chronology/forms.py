"""What of a chronology is shown: one person, some days."""

from typing import Any
from uuid import UUID

from django import forms

from casework.chronology.rules import KIND_NAMES, Kind, Narrowed
from families.people.models import Family, Membership, Person
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import GovDateField, GovForm
from slf.web.words import day_in_words


class NarrowForm(GovForm):
    """A person of the family, past members too, and the first and the last day."""

    called = {"since": "The first day", "until": "The last day"}
    person = forms.ChoiceField(label="Who it tells of", required=False)
    reader = forms.ChoiceField(
        label="Made for", required=False,
        help_text="Somebody of the family who gets it in their hands: what they must not learn of is left out.",
    )  # fmt: skip
    since = GovDateField(label="From", called="The first day", required=False, latest=today)
    until = GovDateField(label="To", called="The last day", required=False)

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        members = Membership.objects.visible_to(user).filter(family=family).select_related("person__merged_into")
        people = {str(member.person.shown.uid): str(member.person.shown) for member in members.in_order()}
        self.fields["person"].choices = [("", "The whole family"), *people.items()]
        self.fields["reader"].choices = [("", "Those whose work needs it"), *people.items()]
        self.names, self.rows = people, {str(member.person.shown.uid): member.person.shown for member in members}

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must be after the first, or the same")
        return answers

    @property
    def narrowed(self) -> Narrowed:
        """Return what was asked for; everything while an answer is not right."""
        if not self.is_valid():
            return Narrowed()
        person = self.cleaned_data["person"]
        return Narrowed(UUID(person) if person else None, self.cleaned_data["since"], self.cleaned_data["until"])

    @property
    def is_asked_wrongly(self) -> bool:
        return self.is_bound and not self.is_valid()

    @property
    def made_for(self) -> Person | None:
        """Return whose hands it is made for."""
        return self.rows.get(self.cleaned_data["reader"]) if self.is_valid() else None

    def in_words(self, kind: Kind | None) -> str:
        """Return what is shown: "Contacts. Of Daisy Beeby. From 3 October 2012. To 4 May 2013."."""
        wanted = self.narrowed
        said = [
            KIND_NAMES[kind] if kind else "Everything the record tells",
            f"Of {self.names[str(wanted.person)]}" if wanted.person else "",
            f"From {day_in_words(wanted.since)}" if wanted.since else "",
            f"To {day_in_words(wanted.until)}" if wanted.until else "",
        ]
        return " ".join(f"{part}." for part in said if part)
