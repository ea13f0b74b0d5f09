"""What areas above ask on the form of a visit: folded away, and kept in the transaction that makes the visit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from casework.visits.models import Visit
from families.people.models import Family
from slf.accounts.models import User

Answers = Mapping[str, list[str]]
Sent = MultiValueDict[str, str] | None


@dataclass(frozen=True)
class Beside:
    """One part: ``ask`` gives its form, or None where nothing is asked; ``keep`` what was answered, of a new visit."""

    summary: str
    ask: Callable[[Family, User, Sent, Answers], forms.Form | None]
    keep: Callable[[Visit, Any, User], None]


@dataclass(frozen=True)
class Asked:
    """One part of one form."""

    part: Beside
    form: Any

    @property
    def summary(self) -> str:
        return self.part.summary

    @property
    def is_open(self) -> bool:
        """Whether something was said or has to be put right, so that the part is not folded away."""
        return bool(self.form.errors) or self.form.says_something


PARTS: list[Beside] = []


def add_part(part: Beside) -> None:
    if part not in PARTS:
        PARTS.append(part)


def asked(family: Family, user: User, *, data: Answers | None = None, typed: Answers | None = None) -> Sequence[Asked]:
    """Return the parts that are asked of a family: sent in ``data``, or shown again as they were typed."""
    sent = None if data is None else MultiValueDict({name: list(values) for name, values in data.items()})
    found = [(part, part.ask(family, user, sent, typed or {})) for part in PARTS]
    return [Asked(part, form) for part, form in found if form is not None]


def are_right(parts: Sequence[Asked], visit: Any) -> bool:
    """Tell whether every part can be kept with the answers of the visit. Each says by itself what is wrong."""
    wrong = [part for part in parts if not part.form.is_right(visit)]
    return not wrong


def keep(parts: Sequence[Asked], visit: Visit, *, by: User) -> None:
    for each in parts:
        each.part.keep(visit, each.form, by)
