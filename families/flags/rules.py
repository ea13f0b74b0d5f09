"""What a worker has to know before knocking: the kinds of flags, and which no family member may ever see."""

from collections.abc import Mapping
from dataclasses import dataclass

from slf.web.words import EXAMPLE

SOURCE = EXAMPLE
"""The list is one of our own until the county has confirmed its own."""


@dataclass(frozen=True)
class FlagKind:
    """One kind. ``abuse``: about domestic abuse, on nothing that a family member may see."""

    code: str
    label: str
    tone: str = "attention"
    abuse: bool = False


KINDS: Mapping[str, FlagKind] = {
    kind.code: kind
    for kind in (
        FlagKind("dog", "Dog in the house"),
        FlagKind("not_alone", "Do not visit alone", "late"),
        FlagKind("violence", "Has been violent to workers", "late"),
        FlagKind("weapons", "Weapons in the house", "late"),
        FlagKind("court_order", "Court order in force", "sensitive"),
        FlagKind("no_contact", "No contact between members of the family", "sensitive", abuse=True),
        FlagKind("domestic_abuse", "Domestic abuse: ask before you ring or write", "sensitive", abuse=True),
        FlagKind("marac", "Known to the domestic abuse conference (MARAC)", "sensitive", abuse=True),
        FlagKind("infection", "Risk of infection"),
        FlagKind("hazard", "Hazard in the house"),
        FlagKind("other", "Something else"),
    )
}
CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]
NEEDS_WORDS = ("other",)
FOR_NO_FAMILY_MEMBER = frozenset(kind.code for kind in KINDS.values() if kind.abuse)


def in_words(kind: str, words: str, who: str = "") -> str:
    """Return a flag as it stands on a card: "Court order in force, Wayne Hallam: not within 100 metres"."""
    label = words if kind == "other" and words else KINDS[kind].label
    said = f"{label}, {who}" if who else label
    return f"{said}: {words}" if words and label != words else said
