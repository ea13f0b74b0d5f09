"""Numbers that other services know a person by: how each is written, and which cannot be one at all.

UPN: Department for Education, "Unique pupil numbers (UPNs): a guide for schools and local authorities" (check letter:
places 2 to 13 weighted 2 to 13, modulo 23, in letters without I, O and S). NHS number: NHS Data Model and Dictionary,
"NHS NUMBER" (modulo 11). National Insurance number: HM Revenue and Customs, National Insurance Manual NIM39110.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Twenty-three letters: I, O and S are left out of a unique pupil number."""
UPN_SHAPE = "^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$"
NHS_SHAPE = "^[0-9]{10}$"
NI_SHAPE = "^[A-Z]{2}[0-9]{6}[A-D]$"
NEVER_BEGINS = "^(BG|GB|KN|NK|NT|TN|ZZ)"
MAY_BEGIN = "^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
"""The patterns are PostgreSQL's as well (``sql.py``): nothing in them that only one of the two understands."""


@dataclass(frozen=True)
class Kind:
    """One kind of number: ``problem`` says what cannot be right about it as it is written, or nothing."""

    field: str
    label: str
    short: str
    like: str
    problem: Callable[[str], str]

    def read(self, typed: str) -> str | None:
        """Return the number as it is written, or None when it cannot be one."""
        code = bare(typed)
        return None if not code or self.problem(code) else code

    def wrong(self, typed: str) -> str:
        """Return what is wrong with what was typed, to follow a name in a sentence; nothing when nothing is."""
        return self.problem(bare(typed)) if typed.strip() else ""

    @property
    def in_sentence(self) -> str:
        """The label inside a sentence: "NHS number" keeps its capitals."""
        return self.label if self.field != "upn" else self.label.lower()


def bare(typed: str) -> str:
    """Return a number without what people put between its figures."""
    return re.sub(r"[\s.-]", "", typed).upper()


def upn_problem(code: str) -> str:
    if not re.match(UPN_SHAPE, code):
        return "must be a letter and 12 numbers (the last may be a letter)"
    if code[0] != upn_check_letter(code[1:]):
        return "has a first letter that does not fit its numbers. Check each of them"
    return ""


def nhs_problem(code: str) -> str:
    if not re.match(NHS_SHAPE, code):
        return "must be 10 numbers"
    if not int(code) or nhs_sum(code) % 11:
        return "has a last number that does not fit the others. Check each of them"
    return ""


def ni_problem(code: str) -> str:
    if not re.match(NI_SHAPE, code):
        return "must be two letters, six numbers, and A, B, C or D"
    if re.match(NEVER_BEGINS, code) or not re.match(MAY_BEGIN, code):
        return f"cannot begin with {code[:2]}. Check the letters"
    return ""


def upn_check_letter(rest: str) -> str:
    """Return the first letter of a unique pupil number from its other twelve places, weighted 2 to 13."""
    places = (UPN_LETTERS.index(place) if place.isalpha() else int(place) for place in rest)
    return UPN_LETTERS[sum(weight * place for weight, place in enumerate(places, start=2)) % len(UPN_LETTERS)]


def nhs_sum(code: str) -> int:
    """Return the sum of all ten numbers, weighted 10 to 1: one of eleven times something when the last one fits."""
    return sum(weight * int(figure) for weight, figure in zip(range(10, 0, -1), code, strict=True))


UPN = Kind("upn", "Unique pupil number", "UPN", "A letter and 12 numbers.", upn_problem)
NHS_NUMBER = Kind("nhs_number", "NHS number", "NHS number", "10 numbers, like 943 476 5919.", nhs_problem)
NI_NUMBER = Kind("ni_number", "National Insurance number", "NI number", "Like AB 12 34 56 C.", ni_problem)
KINDS: Mapping[str, Kind] = {kind.field: kind for kind in (UPN, NHS_NUMBER, NI_NUMBER)}


def identifier_in_words(value: str) -> str:
    """Return an identifier with what it is: "UPN A123456789012"."""
    if re.match(NI_SHAPE, value):
        return f"{NI_NUMBER.short} {value}"
    return f"{NHS_NUMBER.short if value.isdigit() else UPN.short} {value}"
