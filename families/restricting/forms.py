"""Who may see a family and why; who works with it from then on; why it is opened again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from families.restricting.audience import COUNTY, Somebody, by_place, could_be_named
from families.restricting.rules import NOBODY_DECIDES, Part
from slf.access.rules import SHORTEST_REASON, Role
from slf.accounts.models import User
from slf.web.boundfield import Choice
from slf.web.forms import Checkboxes, GovForm, OnceForm, Radios

LONGEST_REASON = 1000
NOBODY = "nobody"


def reason_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, min_length=SHORTEST_REASON, max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def seen_field() -> forms.IntegerField:
    """Which step whoever decides has read: what somebody else did since then is not written over."""
    return forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Group:
    """The people of one place, as checkboxes."""

    place: str
    choices: list[Choice]
    is_near: bool

    @property
    def is_open(self) -> bool:
        return self.is_near or any(choice.checked for choice in self.choices)


class PeopleForm(GovForm):
    """The people to name. ``near`` is the place whose people are shown first and open."""

    called = {"reason": "Your reason", "people": "who may see it"}
    people = forms.MultipleChoiceField(
        label="Who may see it",
        widget=Checkboxes,
        help_text="Name nobody who is related to the family, lives near it or is part of the reason.",
    )
    reason = reason_field("Why?", "")

    def __init__(self, *args: Any, near: str = COUNTY, **kwargs: Any):
        self.near, found = near, by_place(could_be_named())
        self.places = {
            place: found[place] for place in sorted(found, key=lambda one: (one != near, one != COUNTY, one))
        }
        self.somebody = {one.key: one for there in self.places.values() for one in there}
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(one.key, str(one.user)) for one in self.somebody.values()]
        self.fields["people"].widget.hints = {key: as_hint(one) for key, one in self.somebody.items()}

    @property
    def groups(self) -> Iterator[Group]:
        """The people by place, the family's own and those of the whole county first."""
        choices = {choice.value: choice for choice in self["people"].choices}
        for place, there in self.places.items():
            yield Group(place, [choices[one.key] for one in there], is_near=place in {self.near, COUNTY})

    def clean_people(self) -> list[Somebody]:
        people = [self.somebody[key] for key in self.cleaned_data["people"]]
        if not any(one.decides for one in people):
            raise forms.ValidationError(NOBODY_DECIDES)
        return people


class NameForm(PeopleForm):
    """The people to name for a family one sees, and whether emergency access is shut out too."""

    sealed = forms.BooleanField(
        label="Shut out emergency access too",
        required=False,
        help_text="Nobody but the people named can then open the record, whatever happens. Use it only where that is "
        "the lesser danger.",
    )
    seen = seen_field()
    field_order = ["people", "reason", "sealed", "seen"]

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """The answers as the next page carries them on."""
        answers = self.cleaned_data
        yield from (("people", one.key) for one in answers["people"])
        yield from (("reason", answers["reason"]), ("seen", str(answers["seen"])))
        if answers["sealed"]:
            yield "sealed", "on"


class CheckForm(OnceForm):
    """Who works with the family from now on, of those who are named."""

    worker = forms.ChoiceField(label="Who works with the family from now on?", widget=Radios)

    def __init__(self, *args: Any, people: Sequence[Somebody], now: User | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.workers = {str(one.user.uid): one.user for one in people if one.role is Role.FSW}
        hints = {str(now.uid): "Works with the family now"} if now else {}
        self.fields["worker"].widget = Radios(hints=hints)
        names = [(uid, str(user)) for uid, user in self.workers.items()]
        self.fields["worker"].choices = [*names, (NOBODY, "Nobody for now")]
        goes_on = now is not None and str(now.uid) in self.workers
        self.fields["worker"].initial = str(now.uid) if goes_on else "" if names else NOBODY

    def clean_worker(self) -> User | None:
        return self.workers.get(self.cleaned_data["worker"])


class LiftForm(OnceForm):
    called = {"reason": "Your reason"}
    reason = reason_field("Why may the locality see it again?", "Your reason is kept with the family's record.")
    seen = seen_field()


class LeftForm(OnceForm, PeopleForm):
    """Who is named for a family that nobody decides on any more. Whoever is still in post stays named."""

    field_order = ["people", "reason"]


def as_hint(one: Somebody) -> str:
    return f"{one.in_words}. Decides who may see it" if one.decides else one.in_words


def parts_of(people: Iterable[Somebody]) -> tuple[Part, ...]:
    return tuple(one.part for one in people)
