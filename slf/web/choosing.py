"""A short form that two people may have open at once: of what both changed somebody chooses, answer by answer.

What only one of them changed simply stands. Where both did, the field stays with what was typed, what the other one
wrote is shown below, and which of them counts is asked. Nothing is overwritten without a word (``slf.web.together``).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from slf.web.forms import GovForm, Radios
from slf.web.together import THEIRS, fingerprint, fingerprints, settle, touched
from slf.web.words import day_in_words

MINE = "mine"
BOTH = "Somebody else changed this too while you had it open: say which stands"


class Choosing(GovForm):
    """``stands``: the answers as they are kept now, as cleaning gives them. ``revision``: of what they stand in.

    After ``is_valid`` the answers are those of both; the service gets ``seen``, the revision they were put together on.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def __init__(self, *args: Any, stands: Mapping[str, Any], revision: int, **kwargs: Any):
        self.stands, self.seen, self.differing = stands, revision, ()
        opened = {"revision": revision, "was": fingerprints(plain_of(stands))}
        super().__init__(*args, **{"initial": {**stands, **opened}} | kwargs)

    def _clean_fields(self) -> None:
        super()._clean_fields()
        opened, was = self.cleaned_data.pop("revision", None), self.cleaned_data.pop("was", "")
        self._meet({name: said for name, said in self.cleaned_data.items() if name in self.stands},
                   was=was, is_newest=opened == self.seen)  # fmt: skip

    def _meet(self, mine: Mapping[str, Any], *, was: str, is_newest: bool) -> None:
        """Put the two together, and ask where they differ."""
        typed, there = plain_of(mine), plain_of(self.stands)
        moved = set() if is_newest else touched(there, was)
        settled = settle(typed, there, touched=touched(typed, was), moved=moved)
        for name in typed.keys() - settled.write.keys() - set(settled.differing):
            self.cleaned_data[name] = self.stands[name]
        for name in settled.differing:
            if (chosen := self._chosen(name, there[name])) == THEIRS:
                self.cleaned_data[name] = self.stands[name]
            elif chosen != MINE:
                self._ask(name)
        self.differing = tuple(name for name in settled.differing if keep(name) in self.fields)

    def _chosen(self, name: str, there: Any) -> str:
        """Return what was chosen between the two, as long as the other one still says what was shown."""
        choice, _, seen = self.data.get(self.add_prefix(keep(name)), "").partition(":")
        return choice if seen == fingerprint(there) else ""

    def _ask(self, name: str) -> None:
        field, seen = self.fields[name], fingerprint(plain(self.stands[name]))
        question = forms.ChoiceField(
            label=f"Which stands? {field.label}", widget=Radios,
            choices=[
                (f"{MINE}:{seen}", "What you wrote, as it stands in your form"),
                (f"{THEIRS}:{seen}", f"What somebody else wrote: {in_words(field, self.stands[name])}"),
            ],
        )  # fmt: skip
        self._word(keep(name), question)
        self.fields[keep(name)] = question
        self.add_error(keep(name), BOTH)
        self.order_fields(after(self.fields, name))


def keep(name: str) -> str:
    return f"keep-{name}"


def after(names: Iterable[str], name: str) -> list[str]:
    """Return the names with the choice of one directly after it."""
    others = [one for one in names if one != keep(name)]
    place = others.index(name) + 1
    return [*others[:place], keep(name), *others[place:]]


def plain_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(said) for name, said in answers.items()}


def plain(said: Any) -> Any:
    """Return an answer as it is compared, however it came: of rows their ids, of several their ids in order."""
    if said is None or isinstance(said, str):
        return (said or "").replace("\r\n", "\n").strip()
    if isinstance(said, date | int):
        return str(said)
    return sorted(str(one.pk) for one in said) if isinstance(said, Iterable) else str(said.pk)


def in_words(field: forms.Field, said: Any) -> str:
    """Return an answer as its choice shows it."""
    if isinstance(said, date):
        return day_in_words(said)
    if isinstance(said, str):
        return str(dict(getattr(field, "choices", ())).get(said, said)) or "nothing"
    return ", ".join(str(one) for one in said) or "nothing"
