"""How somebody may know a family, who may say so, and who may end it."""

from collections.abc import Mapping
from enum import StrEnum

LONGEST_WORDS = 500
KNOWS = "Declared that they know the family"
"""All that is said of it where a family is given to somebody: how they know it stays with those who decide."""
NOT_BY_THEM = "Somebody else looks into it: not the one it is about, and not the one who said so."
ENDED = "Somebody has ended this already."
SAY_HOW = "Say how they know the family"
NO_JUDGE = "You have a conflict of interest with this family, so somebody else reviews who had access to it."


class Kind(StrEnum):
    """A short list. Source: ``slf.web.words.EXAMPLE``."""

    RELATIVE = "relative"
    FRIEND = "friend"
    CHILD = "child"
    WORK = "work"
    OTHER = "other"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.RELATIVE: "A relative",
    Kind.FRIEND: "A friend or neighbour",
    Kind.CHILD: "Through my own child, such as the same class",
    Kind.WORK: "Through other work, now or before",
    Kind.OTHER: "In another way",
}


def needs_words(kind: str, words: str) -> bool:
    """Tell whether it still has to be said how."""
    return kind == Kind.OTHER and not words.strip()


def may_end(by: int, *, about: int, declared_by: int) -> bool:
    """Tell whether a person is neither the one it is about nor the one who said so."""
    return by not in {about, declared_by}
