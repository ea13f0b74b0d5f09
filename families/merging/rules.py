"""When two entries may be made one person, and what has to be done first where they may not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from families.people.rules import LIKE_NAMES, Known, Likeness, given_likeness, likeness

SAME = "These are one entry already."
ALREADY = "{0} is one person with another entry already. Take them apart first."
CHAIN = "Another entry was made one with {0}. Take those apart first, or keep {0} and make the other one with it."
OTHER_AUDIENCE = (
    "The two are not seen by the same people. Move the family to the locality, or lift its restriction, first; then "
    "make them one."
)
ADOPTED = "One of the two was adopted. Nothing may link a child to who they were before."
EXPECTED = "One of the two is a baby that is not born yet. Write down the birth instead."
TIED = "{0} and {1} are written down as related to each other. Take that away on the genogram first."
TIED_TWICE = "Both are written down as related to {0}. Take one of the two away on the genogram first."
SAFE_CONTACT = "What is safe when getting in touch differs in {0}. Write the same of both first."


@dataclass(frozen=True)
class Side:
    """What is known of one entry that decides whether it may be one with another.

    ``tied`` are the people its ties name; ``safe`` are the words about safe contact in the families with both.
    """

    key: int
    name: str
    scopes: frozenset[int]
    merged: bool = False
    has_others: bool = False
    adopted: bool = False
    expected: bool = False
    tied: Mapping[int, str] = field(default_factory=dict)
    safe: Mapping[str, str] = field(default_factory=dict)


def refusals(twice: Side, one: Side) -> list[str]:
    """Return why ``twice`` cannot be made one with ``one``, each with what to do first; nothing when it can."""
    if twice.key == one.key:
        return [SAME]
    if twice.adopted or one.adopted:
        return [ADOPTED]
    if twice.scopes != one.scopes:
        return [OTHER_AUDIENCE]
    return [*_standing(twice, one), *_ties(twice, one), *_lost(twice, one)]


def _standing(twice: Side, one: Side) -> Iterator[str]:
    for side in (twice, one):
        if side.merged:
            yield ALREADY.format(side.name)
    if twice.has_others:
        yield CHAIN.format(twice.name)
    if twice.expected or one.expected:
        yield EXPECTED


def _ties(twice: Side, one: Side) -> Iterator[str]:
    if one.key in twice.tied:
        yield TIED.format(twice.name, one.name)
    for key in sorted(twice.tied.keys() & one.tied.keys()):
        yield TIED_TWICE.format(twice.tied[key])


def _lost(twice: Side, one: Side) -> Iterator[str]:
    """What keeps people safe is never left behind on the entry that is not shown."""
    for family, words in twice.safe.items():
        if words and words != one.safe.get(family, ""):
            yield SAFE_CONTACT.format(family)


def looks_twice(one: Known, other: Known) -> str:
    """Return why two entries look like one person, in words: born on one day, and called alike. Else nothing."""
    if one.born_on is None or one.born_on != other.born_on:
        return ""
    found = likeness(one, other)
    if found >= Likeness.NAME_AND_BIRTH:
        return found.words
    alike = found >= Likeness.BIRTH and given_likeness(one, other) >= LIKE_NAMES
    return Likeness.BIRTH.words if alike else ""


def pairs(people: Iterable[tuple[int, Known]]) -> list[tuple[int, int, str]]:
    """Return the keys of those who look like one person, each two once, with the reason."""
    listed = sorted(people)
    found = []
    for place, (key, known) in enumerate(listed):
        for other, other_known in listed[place + 1 :]:
            if why := looks_twice(known, other_known):
                found.append((key, other, why))
    return found
