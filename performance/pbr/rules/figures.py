"""The figures in a rule's value, with their units: what a county may confirm or change, and how each is said."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Holds(StrEnum):
    NUMBER = "number"
    POUNDS = "pounds"
    YES_NO = "yes_no"
    CHOICE = "choice"
    WORDS = "words"
    NUMBERS = "numbers"  # a number for each name
    PAIRS = "pairs"  # a name for each name, as "one: other"


@dataclass(frozen=True, slots=True)
class Figure:
    """One part of a value: what people call it, what it is counted in, what it may be."""

    key: str
    called: str
    holds: Holds
    unit: str = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000_000

    def said(self, value: Any) -> str:
        if self.holds is Holds.YES_NO:
            return "yes" if value else "no"
        if self.holds in (Holds.WORDS, Holds.PAIRS):
            return "; ".join(value)
        if self.holds is Holds.NUMBERS:
            return "; ".join(f"{name} {number}" for name, number in value.items()) or "none"
        if self.holds is Holds.POUNDS:
            return f"£{Decimal(value):,}"
        return f"{value}{'%' if self.unit == '%' else f' {self.unit}'.rstrip()}"

    def problem(self, value: Any) -> str:
        """The sentence that says why this cannot be the figure; empty for one that can."""
        return CHECKS[self.holds](self, value)


POUNDS = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")
LONGEST = 200
DAYS = ("attachment", "result", "claim")
ALL = (
    Figure("months", "Months", Holds.NUMBER, "months", least=1, most=120),
    Figure("terms", "School terms", Holds.NUMBER, "school terms", least=1, most=9),
    *(
        Figure(key, called, Holds.NUMBER, "%", most=100)
        for key, called in (
            ("percent", "Per cent"),
            ("more_than_percent", "More than"),
            ("less_than_percent", "Less than"),
            ("below_percent", "Below"),
            ("above_percent", "Above"),
            ("at_least_percent", "At least"),
        )
    ),
    Figure("attachment", "For attachment", Holds.NUMBER, "%", most=100),
    Figure("results", "For results", Holds.NUMBER, "%", most=100),
    Figure("fewer_than", "Fewer than", Holds.NUMBER, "fixed exclusions", least=1, most=100),
    Figure("at_least", "At least", Holds.NUMBER, least=1, most=100),
    Figure("most", "At most", Holds.NUMBER, "problems", most=10),
    Figure("under", "Under the age of", Holds.NUMBER, "years", least=1, most=25),
    Figure("to", "Up to the age of", Holds.NUMBER, "years", least=1, most=25),
    Figure("weeks", "Weeks", Holds.NUMBER, "weeks", least=1, most=520),
    Figure("families", "Families", Holds.NUMBER, "families"),
    Figure("paid", "Paid for", Holds.NUMBER, "families", least=1, most=1000),
    Figure("pounds", "Pounds", Holds.POUNDS, "£"),
    Figure("date", "The day that decides", Holds.CHOICE, choices=DAYS),
    Figure("year", "The day that decides", Holds.CHOICE, choices=DAYS),
    Figure("count", "What is counted", Holds.CHOICE, choices=("needs", "headlines")),
    Figure("names", "What is on the list", Holds.WORDS),
    Figure("pairs", "Each need of the record and what it is here", Holds.PAIRS),
    *(
        Figure(key, called, Holds.YES_NO)
        for key, called in (
            ("counts", "Whether it counts"),
            ("used", "Whether it is used"),
            ("allowed", "Whether it is allowed"),
            ("blocks", "Whether it spoils the result"),
            ("expected", "A child who is expected counts"),
            ("plan_covers", "The plan has to act on every need"),
        )
    ),
)
BY_KEY: Mapping[str, Figure] = {figure.key: figure for figure in ALL}
OF_EACH: Mapping[str, Figure] = {
    "weeks": Figure("weeks", "Weeks for each benefit", Holds.NUMBERS, "weeks", least=1, most=520),
    "by_need": Figure("by_need", "Months where a need differs", Holds.NUMBERS, "months", least=1, most=120),
    "of": Figure("of", "Of how many", Holds.NUMBER, "families", least=1, most=1000),
    "from_age": Figure("from", "From the age of", Holds.NUMBER, "years", least=1, most=25),
    "from_day": Figure("from", "Counted from", Holds.CHOICE, choices=("progress", "closing")),
}


def figure_of(key: str, value: Any) -> Figure | None:
    """The figure of one key of a value; None for what is no figure but words and names the engine goes by."""
    if isinstance(value, Mapping):
        return OF_EACH.get(key)
    if key == "of":
        return OF_EACH["of"] if isinstance(value, int) else None
    if key == "from":
        return OF_EACH["from_age" if isinstance(value, int) else "from_day"]
    return BY_KEY.get(key)


def figures(value: Mapping[str, Any]) -> list[tuple[Figure, Any]]:
    """Return the figures of a value in its order, each with what it is."""
    found = ((figure_of(key, each), each) for key, each in value.items())
    return [(figure, each) for figure, each in found if figure]


def in_words(value: Mapping[str, Any]) -> list[str]:
    return [f"{figure.called}: {figure.said(each)}" for figure, each in figures(value)]


def wrong(old: Mapping[str, Any], new: Any) -> list[str]:
    """Return what is wrong with a new value of a rule, in sentences: only figures change, and none is added or lost."""
    if not isinstance(new, Mapping) or set(new) != set(old):
        return [f"Give these parts and no other: {', '.join(old) or 'none'}."]
    sentences = []
    for key, before in old.items():
        figure = figure_of(key, before)
        if figure is None:
            sentences += (
                [f"{key} is how the engine reads the rule; it cannot be changed."] if new[key] != before else []
            )
        elif problem := figure.problem(new[key]):
            sentences.append(f"{figure.called}: {problem}")
    return sentences


def _is_text(word: Any) -> bool:
    """Tell whether it is a word or a short text that can be kept and shown: nothing invisible, nothing broken."""
    if not isinstance(word, str) or not word.strip() or len(word) > LONGEST:
        return False
    return not any(unicodedata.category(letter)[0] == "C" for letter in word)


def _number(figure: Figure, value: Any) -> str:
    right = type(value) is int and figure.least <= value <= figure.most
    return "" if right else f"give a whole number from {figure.least} to {figure.most}."


def _pounds(_: Figure, value: Any) -> str:
    right = isinstance(value, str) and POUNDS.fullmatch(value) and Decimal(value) <= 1_000_000
    return "" if right else "give pounds and pence, for example 800 or 1750.50."


def _yes_no(_: Figure, value: Any) -> str:
    return "" if isinstance(value, bool) else "say yes or no."


def _choice(figure: Figure, value: Any) -> str:
    return "" if value in figure.choices else f"choose one of {', '.join(figure.choices)}."


def _words(_: Figure, value: Any) -> str:
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    right = listed and len(value) and all(_is_text(word) for word in value)
    return "" if right else "give at least one word or short text."


def _pairs(_: Figure, value: Any) -> str:
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    right = listed and len(value) and all(_is_text(each) and all(map(str.strip, as_pair(each))) for each in value)
    names = [as_pair(each)[0] for each in value] if right else []
    return "" if right and len(set(names)) == len(names) else "give each need once, as need: problem of the scheme."


def as_pair(text: str) -> tuple[str, str]:
    """Return both sides of a pair, as "health, adult: health.2" has them."""
    one, _, other = text.partition(":")
    return one.strip(), other.strip()


def _numbers(figure: Figure, value: Any) -> str:
    right = isinstance(value, Mapping) and all(_is_text(name) for name in value)
    right = right and not any(_number(figure, number) for number in value.values())
    return "" if right else f"give a whole number from {figure.least} to {figure.most} for each."


CHECKS = {
    Holds.NUMBER: _number,
    Holds.POUNDS: _pounds,
    Holds.YES_NO: _yes_no,
    Holds.CHOICE: _choice,
    Holds.WORDS: _words,
    Holds.NUMBERS: _numbers,
    Holds.PAIRS: _pairs,
}
