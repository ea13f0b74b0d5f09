"""Accepting a referral: which family it is, who of it is who, and the family's agreement."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property

from families.people.models import Family, Membership
from families.sharing.models import Agreement
from referrals.intake.models import Referral, ReferralPerson
from referrals.intake.rules import GIVEN
from referrals.triage import joining
from referrals.triage.forms.deciding import DecisionForm
from referrals.triage.joining import Choice, Fate
from referrals.triage.likeness import Like, likeliest, lines_of
from referrals.triage.services import Agreed, Joining, wrong_choices
from slf.clock import today
from slf.web.forms import GovDateField, GovForm, Radios

NEW = "new"
OTHER = "other"


class WhichForm(GovForm):
    """Which of the like families it is, or a new one."""

    which = forms.ChoiceField(label="Which family is this?", widget=Radios)

    def __init__(self, *args: Any, likes: Sequence[Like], **kwargs: Any):
        super().__init__(*args, **kwargs)
        which = self.fields["which"]
        known = [(str(like.family.uid), f"{like.family.name}, {like.family.reference}") for like in likes]
        which.choices = [*known, (NEW, "A family we do not know yet")]
        which.widget.hints = {str(like.family.uid): like.in_short for like in likes}


class AcceptForm(DecisionForm):
    """Asks for the agreement only when the referrer had none."""

    agreed_on = GovDateField(label="When did the family agree?", called="The day the family agreed", latest=today)
    how = forms.ChoiceField(label="How did it agree?", widget=Radios, choices=Agreement.How.choices[1:])

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any):
        super().__init__(*args, referral=referral, **kwargs)
        if referral.agreement == GIVEN:
            del self.fields["agreed_on"], self.fields["how"]

    @property
    def agreed(self) -> Agreed | None:
        if "agreed_on" not in self.fields:
            return None
        return Agreed(on=self.cleaned_data["agreed_on"], how=Agreement.How(self.cleaned_data["how"]))


class EsfForm(AcceptForm):
    """Accepting a family for the ESF provider: it is told of nobody who has not agreed to that."""

    told = forms.BooleanField(
        label="The family agrees that the ESF provider is told about it",
        error_messages={"required": "Ask the family first: without its agreement the provider is told nothing"},
    )


class JoinForm(AcceptForm):
    """Asks of each person of the referral who they are in a family that is known. Nothing is chosen beforehand."""

    household = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, referral: Referral, family: Family, members: Sequence[Membership], **kwargs: Any):
        super().__init__(*args, referral=referral, **kwargs)
        self.referral, self.family = referral, family
        self.members = {member.person.uid: member for member in members}
        self.fields["household"].initial = " ".join(sorted(str(uid) for uid in self.members))
        self.people = list(referral.people.all())
        self.likeliest = {pair.person.uid: pair for pair in likeliest(self.people, members)}
        for number, person in enumerate(self.people):
            self._ask_about(number, person)
        self.order_fields([name for n in range(len(self.people)) for name in (who(n), whom(n))])

    def _ask_about(self, number: int, person: ReferralPerson) -> None:
        pair = self.likeliest.get(person.uid)
        same = [(Fate.SAME, f"The same person as {pair.member.person}")] if pair else []
        others = [
            (uid, str(member.person))
            for uid, member in self.members.items()
            if not pair or uid != pair.member.person.uid
        ]
        other = [(OTHER, "Somebody else of the family")] if others else []
        rest = [(fate, fate.label) for fate in (Fate.NEW, Fate.LEAVE)]
        self._add(
            who(number),
            forms.ChoiceField(
                label=f"Who is {person}?",
                choices=[*same, *other, *rest],
                widget=Radios(reveals={OTHER: whom(number)} if others else {}),
                error_messages={"required": f"Say who {person} is"},
            ),
        )
        if others:
            label = f"Which person of the family is {person}?"
            told = {"required": f"Say which person of the family {person} is"}
            choices = [("", "Choose"), *others]
            self._add(
                whom(number), forms.ChoiceField(label=label, choices=choices, required=False, error_messages=told)
            )
            self.must_follow.add(whom(number))

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self._word(name, field)

    def clean(self) -> None:
        super().clean()
        asked = [name for number in range(len(self.people)) for name in (who(number), whom(number))]
        if all(name in self.cleaned_data for name in asked if name in self.fields):
            self._check()

    def _check(self) -> None:
        found = wrong_choices(self.referral, self.members, self.choices)
        for number, person in enumerate(self.people):
            if person.uid in found:
                self.add_error(who(number), found[person.uid])
        if not found and joining.all_left_out(self.choices.values()):
            self.add_error(who(0), joining.NOBODY)

    @cached_property
    def choices(self) -> Mapping[UUID, Choice]:
        return {person.uid: self._choice(number, person) for number, person in enumerate(self.people)}

    def _choice(self, number: int, person: ReferralPerson) -> Choice:
        said = self.cleaned_data[who(number)]
        if said == OTHER:
            chosen = self.cleaned_data.get(whom(number))
            return Choice(Fate.SAME, UUID(chosen) if chosen else None)
        pair = self.likeliest.get(person.uid)
        return Choice(Fate(said), pair.member.person.uid if pair and said == Fate.SAME else None)

    @property
    def joining(self) -> Joining:
        seen = frozenset(uid for uid in self.members if str(uid) in self.cleaned_data["household"].split())
        complete = len(seen) == len(self.cleaned_data["household"].split())
        return Joining(self.family, self.choices, seen if complete else frozenset())

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return each person of the referral as told, whom of the record they are like, and the question."""
        return [
            {
                "person": person,
                "told": lines_of(str(person), person.known),
                "pair": self.likeliest.get(person.uid),
                "question": self[who(number)],
            }
            for number, person in enumerate(self.people)
        ]

    @property
    def added(self) -> int:
        """Return how many come into the household, those who come back to it included."""
        return sum(self._comes(choice) for choice in self.choices.values())

    def _comes(self, choice: Choice) -> bool:
        return choice.fate is Fate.NEW or (choice.member is not None and self._is_gone(self.members[choice.member]))

    def _is_gone(self, member: Membership) -> bool:
        return member.period.upper is not None and member.period.upper <= today()

    def fate_in_words(self, person: ReferralPerson) -> str:
        choice = self.choices[person.uid]
        if choice.member is None:
            return {Fate.NEW: "Added", Fate.LEAVE: "Left out"}[choice.fate]
        member = self.members[choice.member]
        back = ", back in the family" if self._is_gone(member) else ""
        return f"Is {member.person}, as recorded{back}"


def who(number: int) -> str:
    return f"who_{number}"


def whom(number: int) -> str:
    return f"whom_{number}"


class EsfJoinForm(JoinForm, EsfForm):
    """Joining a referral to a known family, for the ESF provider."""
