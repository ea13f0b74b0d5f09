"""What somebody is or was called: the kinds of names, whose word they rest on, and how they are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NameKind(StrEnum):
    BIRTH = "birth"
    MAIDEN = "maiden"
    MARRIED = "married"
    FORMER = "former"
    KNOWN_AS = "known_as"
    ALIAS = "alias"
    SPELLING = "spelling"


KIND_NAMES: Mapping[str, str] = {
    NameKind.BIRTH: "Name at birth",
    NameKind.MAIDEN: "Maiden name",
    NameKind.MARRIED: "Married name",
    NameKind.FORMER: "Another former name",
    NameKind.KNOWN_AS: "Known as",
    NameKind.ALIAS: "Alias",
    NameKind.SPELLING: "Other spelling",
}
KIND_CHOICES = [(str(kind), name) for kind, name in KIND_NAMES.items()]
FORMER = (NameKind.BIRTH, NameKind.MAIDEN, NameKind.MARRIED, NameKind.FORMER)
"""What a name in use may turn out to have been when another one takes its place."""


class Word(StrEnum):
    """Whose word it is."""

    THEMSELVES = "themselves"
    FAMILY = "family"
    AGENCY = "agency"
    DOCUMENT = "document"
    WORKER = "worker"


WORD_NAMES: Mapping[str, str] = {
    Word.THEMSELVES: "Their own word",
    Word.FAMILY: "Somebody of the family",
    Word.AGENCY: "Another agency",
    Word.DOCUMENT: "A document that was seen",
    Word.WORKER: "A worker of this service",
}

WORD_CHOICES = [(str(word), name) for word, name in WORD_NAMES.items()]


class Shown(StrEnum):
    """Who may see a name."""

    ALL = "all"
    HOUSEHOLD = "household"
    CALLED_HERE = "called_here"


SHOWN_NAMES: Mapping[str, str] = {
    Shown.ALL: "Everybody who knows this person",
    Shown.HOUSEHOLD: "Only those who know them in this family",
    Shown.CALLED_HERE: "Only those who know them in this family, and it is what they are called here",
}


@dataclass(frozen=True)
class Called:
    """A name in use."""

    given_names: str
    family_name: str
    known_as: str = ""

    @property
    def full(self) -> str:
        return full(self.given_names, self.family_name)


def full(given_names: str, family_name: str) -> str:
    return f"{given_names} {family_name}".strip()


WENT_BY: Mapping[str, str] = {
    NameKind.BIRTH: "was called {name} at birth",
    NameKind.SPELLING: "also written {name}",
    NameKind.ALIAS: "also goes by {name}",
    NameKind.KNOWN_AS: "also known as {name}",
}


def in_words(kind: str, name: str, *, ended_on: date | None) -> str:
    """Return "was called Donna Smith until 2011", "also written Jon Smyth"."""
    if ended_on and kind != NameKind.SPELLING:
        return f"was called {name} until {ended_on.year}"
    return WENT_BY.get(kind, "was called {name}").format(name=name)
