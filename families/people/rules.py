"""People: ages and estimated births, and when two rows may be one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import IntEnum

ADULT = 18
FAMILY = " family"
LONGEST_NAME = 120
HOUSEHOLD_ORDER = ("parent", "adult", "child", "expected", "care", "away", "relative")
OUTSIDE = frozenset({"expected", "relative"})
"""Parts of those the record knows of who are not in the family: not born yet, or a relative with a home elsewhere."""
LIVES_THERE = frozenset({"parent", "adult", "child"})
"""Parts of those who live in the home itself."""


def age_on(born_on: date, day: date) -> int:
    """Return how old somebody is in whole years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def estimated_birth(age: int, *, on: date) -> date:
    """Return the middle of the year in which somebody now ``age`` was born, kept with the mark "estimated"."""
    months = (on.year - age) * 12 + on.month - 1 - 6
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class Known:
    """What is compared when two rows may be one person."""

    given_names: str
    family_name: str
    born_on: date | None = None
    born_estimated: bool = False
    identifiers: frozenset[str] = frozenset()


def household_name(surname: str) -> str:
    """Return what a family is called everywhere after the surname of one of it: "Hallam family"."""
    return f"{surname[: LONGEST_NAME - len(FAMILY)]}{FAMILY}"


class Likeness(IntEnum):
    """How like one person two rows are, the surest highest."""

    NONE = 0
    NAME = 1
    BIRTH = 2
    BIRTH_AND_SURNAME = 3
    NAME_AND_BIRTH = 4
    IDENTIFIER = 5

    @property
    def words(self) -> str:
        return LIKENESS_WORDS[self]


LIKENESS_WORDS = {
    Likeness.NONE: "",
    Likeness.NAME: "like name",
    Likeness.BIRTH: "same date of birth and like given name",
    Likeness.BIRTH_AND_SURNAME: "same date of birth and family name",
    Likeness.NAME_AND_BIRTH: "same name and date of birth",
    Likeness.IDENTIFIER: "same identifier",
}

ONE_PERSON = Likeness.NAME_AND_BIRTH
"""From here on two rows are taken for one person without anybody being asked."""

LIKE_NAMES = 0.75
"""How much of two given names is written alike for "Dona" to be like "Donna"."""


def likeness(one: Known, other: Known) -> Likeness:
    """Return how like one person two rows are."""
    if one.identifiers & other.identifiers:
        return Likeness.IDENTIFIER
    if one.born_on and one.born_on == other.born_on and not _estimated(one, other):
        return _born_alike(one, other)
    return Likeness.NAME if _surname_alike(one, other) and _given_alike(one, other) else Likeness.NONE


def _born_alike(one: Known, other: Known) -> Likeness:
    if same_name(one, other):
        return Likeness.NAME_AND_BIRTH
    if _surname_alike(one, other):
        return Likeness.BIRTH_AND_SURNAME
    return Likeness.BIRTH if _given_alike(one, other) else Likeness.NONE


def _surname_alike(one: Known, other: Known) -> bool:
    return surname_in(one.family_name, [other.family_name])


def _given_alike(one: Known, other: Known) -> bool:
    return given_likeness(one, other) >= LIKE_NAMES


def given_likeness(one: Known, other: Known) -> float:
    """Return how much of the first of two given names is written alike, 0 to 1."""
    (first, _), (second, _) = _name(one), _name(other)
    return SequenceMatcher(None, first, second).ratio() if first and second else 0.0


def same_person(one: Known, other: Known) -> str:
    """Return why two rows are likely one person, in words; nothing when they are not."""
    found = likeness(one, other)
    return found.words if found >= ONE_PERSON else ""


def same_name(one: Known, other: Known) -> bool:
    """Tell whether the family names and the first of the given names are equal, capitals apart."""
    return _name(one) == _name(other) and all(_name(one))


def surname_in(name: str, names: Iterable[str]) -> bool:
    return name.strip().casefold() in {other.strip().casefold() for other in names if other.strip()}


def _estimated(*people: Known) -> bool:
    return any(person.born_estimated for person in people)


def _name(person: Known) -> tuple[str, str]:
    first = person.given_names.split()[:1]
    return (first[0].casefold() if first else "", person.family_name.strip().casefold())
