"""What kinds of relationship there are, and which cannot be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from slf.web.errors import NotAllowed


class Bond(StrEnum):
    """What a kind is a kind of: of one bond two people have one kind at a time."""

    PARENT = "parent"
    COUPLE = "couple"
    SIBLING = "sibling"
    CARER = "carer"


class Kind(StrEnum):
    BIRTH = "birth"
    ADOPTIVE = "adoptive"
    STEP = "step"
    FOSTER = "foster"
    MARRIED = "married"
    CIVIL = "civil"
    COHABITING = "cohabiting"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    SIBLING = "sibling"
    CARER = "carer"


BONDS: Mapping[Bond, tuple[Kind, ...]] = {
    Bond.PARENT: (Kind.BIRTH, Kind.ADOPTIVE, Kind.STEP, Kind.FOSTER),
    Bond.COUPLE: (Kind.MARRIED, Kind.CIVIL, Kind.COHABITING, Kind.SEPARATED, Kind.DIVORCED),
    Bond.SIBLING: (Kind.SIBLING,),
    Bond.CARER: (Kind.CARER,),
}
KIND_NAMES: Mapping[Kind, str] = {
    Kind.BIRTH: "Birth parent of",
    Kind.ADOPTIVE: "Adoptive parent of",
    Kind.STEP: "Step-parent of",
    Kind.FOSTER: "Foster parent of",
    Kind.MARRIED: "Married to",
    Kind.CIVIL: "Civil partner of",
    Kind.COHABITING: "Lives as a couple with",
    Kind.SEPARATED: "Separated from",
    Kind.DIVORCED: "Divorced from",
    Kind.SIBLING: "Brother or sister of (parents not known)",
    Kind.CARER: "Other carer of",
}
PLURAL: Mapping[Kind, str] = {
    Kind.MARRIED: "are married",
    Kind.CIVIL: "are civil partners",
    Kind.COHABITING: "live as a couple",
    Kind.SEPARATED: "are separated",
    Kind.DIVORCED: "are divorced",
    Kind.SIBLING: "are brothers or sisters",
}
"""What two people are to each other, where it is the same for both."""

LINEAGE = frozenset({Kind.BIRTH, Kind.ADOPTIVE})
"""Kinds by which somebody descends from somebody: nobody descends from themselves."""
MOST_BIRTH_PARENTS = 2
YOUNG_FOR_A_PARENT = 12
"""Years between a birth parent and a child below which the page asks whether the dates are right."""


def bond_of(kind: Kind) -> Bond:
    return next(bond for bond, kinds in BONDS.items() if kind in kinds)


@dataclass(frozen=True)
class Tie:
    """One relationship: who is what to whom. Of a couple and of siblings the order says nothing."""

    kind: Kind
    one: int
    other: int

    @property
    def pair(self) -> frozenset[int]:
        return frozenset((self.one, self.other))


def check_tie(tie: Tie, *, existing: Iterable[Tie], born: Mapping[int, date | None]) -> None:
    """Refuse what cannot be: oneself, a parent who is not older, a third birth parent, being one's own ancestor."""
    if tie.one == tie.other:
        raise NotAllowed("Choose two different people.")
    if bond_of(tie.kind) is not Bond.PARENT:
        return
    known = list(existing)
    _check_ages(tie, born)
    if tie.kind is Kind.BIRTH:
        parents = {one.one for one in known if one.kind is Kind.BIRTH and one.other == tie.other} | {tie.one}
        if len(parents) > MOST_BIRTH_PARENTS:
            raise NotAllowed("This child has two birth parents already. Correct one of them first.")
    if tie.kind in LINEAGE and descends(tie.one, tie.other, known):
        raise NotAllowed("That would make somebody their own ancestor. Are the two the wrong way round?")


def _check_ages(tie: Tie, born: Mapping[int, date | None]) -> None:
    parent, child = born.get(tie.one), born.get(tie.other)
    if tie.kind is not Kind.STEP and parent and child and parent >= child:
        raise NotAllowed("A parent must be older than the child. Are the two the wrong way round?")


def descends(who: int, ancestor: int, ties: Iterable[Tie]) -> bool:
    """Tell whether somebody comes from somebody by birth or adoption."""
    parents: dict[int, set[int]] = {}
    for tie in ties:
        if tie.kind in LINEAGE:
            parents.setdefault(tie.other, set()).add(tie.one)
    seen: set[int] = set()
    waiting = {who}
    while waiting:
        if (person := waiting.pop()) == ancestor:
            return True
        seen.add(person)
        waiting |= parents.get(person, set()) - seen
    return False


def doubts(ties: Iterable[Tie], *, born: Mapping[int, date | None]) -> list[Tie]:
    """Return the birth parents who are hardly older than their child: possible, and more often a wrong date."""
    found = (tie for tie in ties if tie.kind is Kind.BIRTH)
    return [tie for tie in found if _years_between(born.get(tie.one), born.get(tie.other)) < YOUNG_FOR_A_PARENT]


def _years_between(parent: date | None, child: date | None) -> float:
    return (child - parent).days / 365.25 if parent and child else YOUNG_FOR_A_PARENT


def parents_of(ties: Iterable[Tie]) -> dict[int, frozenset[int]]:
    """Return the parents of each child by birth or adoption, as far as they are known."""
    found: dict[int, frozenset[int]] = {}
    for tie in ties:
        if tie.kind in LINEAGE:
            found[tie.other] = found.get(tie.other, frozenset()) | {tie.one}
    return found


def by_parents(ties: Iterable[Tie]) -> dict[frozenset[int], list[int]]:
    """Return the children of each set of parents that is known."""
    found: dict[frozenset[int], list[int]] = {}
    for child, parents in sorted(parents_of(ties).items()):
        found.setdefault(parents, []).append(child)
    return found


def brothers_and_sisters(ties: Iterable[Tie]) -> list[list[int]]:
    """Return those who share both parents, each set once."""
    found = by_parents(ties).items()
    return [children for two, children in found if len(two) == MOST_BIRTH_PARENTS and len(children) > 1]


def of_one_parent(ties: Iterable[Tie]) -> list[list[int]]:
    """Return those of whom one and the same parent is known: they may share the other too."""
    return [children for parents, children in by_parents(ties).items() if len(parents) == 1 and len(children) > 1]


def half_siblings(ties: Iterable[Tie]) -> list[tuple[list[int], list[int]]]:
    """Return the pairs of sets of children who share a parent and not all that are known."""
    return [(one, other) for (a, one), (b, other) in combinations(by_parents(ties).items(), 2) if a & b]
