"""People: identifiers as they are written, ages and estimated births, and when two rows may be one person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import IntEnum

NI_NUMBER = re.compile(r"^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]$")
NI_NUMBER_SHAPE = re.compile(r"^[A-Z]{2}[0-9]{6}[A-Z]$")
UPN = re.compile(r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$")
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Twenty-three letters: I, O and S are left out of a unique pupil number."""

ADULT = 18
FAMILY = " family"
LONGEST_NAME = 120


def ni_number(typed: str) -> str | None:
    """Return a National Insurance number as it is written, or None when it is not one."""
    code = _bare(typed)
    return code if NI_NUMBER.match(code) else None


def upn(typed: str) -> str | None:
    """Return a unique pupil number as it is written, or None when its letters or its check letter are wrong."""
    code = _bare(typed)
    return code if UPN.match(code) and code[0] == upn_check_letter(code[1:]) else None


def identifier_in_words(value: str) -> str:
    """Return an identifier with what it is: "UPN A123456789012"."""
    if NI_NUMBER_SHAPE.match(value):
        return f"NI number {value}"
    return f"NHS number {value}" if value.isdigit() else f"UPN {value}"


def upn_check_letter(rest: str) -> str:
    """Return the first letter of a unique pupil number from its other twelve places, weighted 2 to 13."""
    places = (UPN_LETTERS.index(place) if place.isalpha() else int(place) for place in rest)
    return UPN_LETTERS[sum(weight * place for weight, place in enumerate(places, start=2)) % len(UPN_LETTERS)]


HOUSEHOLD_ORDER = ("parent", "adult", "child", "away")


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
    (first, _), (second, _) = _name(one), _name(other)
    return bool(first and second) and SequenceMatcher(None, first, second).ratio() >= LIKE_NAMES


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


def _bare(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed).upper()
