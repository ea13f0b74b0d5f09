"""Everything of a genogram that is drawn: people, couples, and who descends from whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Shape(StrEnum):
    SQUARE = "square"
    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


class Style(StrEnum):
    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"


@dataclass(frozen=True)
class Figure:
    """One person as they are drawn. ``lines`` stand below the symbol, ``inside`` in it."""

    id: str
    shape: Shape
    lines: tuple[str, ...] = ()
    inside: str = ""
    dead: bool = False
    here: bool = False
    young: bool = False
    born: date | None = None


@dataclass(frozen=True)
class Pair:
    """A couple, or (dotted) two who have a child together and are not known as one."""

    one: str
    other: str
    style: Style = Style.SOLID
    slashes: int = 0
    label: str = ""

    @property
    def ids(self) -> frozenset[str]:
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class Descent:
    parent: str
    child: str
    dashed: bool = False


@dataclass(frozen=True)
class Tree:
    """Everything that is drawn. ``siblings``: pairs whose parents are not known."""

    figures: tuple[Figure, ...]
    pairs: tuple[Pair, ...] = ()
    descents: tuple[Descent, ...] = ()
    siblings: tuple[tuple[str, str], ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Figure]:
        return {figure.id: figure for figure in self.figures}

    @cached_property
    def unions(self) -> dict[tuple[str, ...], dict[str, bool]]:
        """Return ``{parents: {child: dashed}}``; brothers and sisters without parents have none."""
        of_child: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for descent in self.descents:
            of_child[descent.child, descent.dashed].append(descent.parent)
        found: dict[tuple[str, ...], dict[str, bool]] = defaultdict(dict)
        for (child, dashed), parents in of_child.items():
            for two in in_twos(dict.fromkeys(parents), {pair.ids for pair in self.pairs}):
                found[two][child] = dashed
        return dict(found)

    @cached_property
    def couples(self) -> tuple[Pair, ...]:
        """Return the couples, and after them the parents of one child who are not known as a couple."""
        known = {pair.ids for pair in self.pairs}
        others = (two for two in self.unions if len(two) == 2 and frozenset(two) not in known)
        return (*self.pairs, *(Pair(*two, style=Style.DOTTED) for two in others))


def in_twos(parents: Iterable[str], couples: set[frozenset[str]]) -> list[tuple[str, ...]]:
    """Set the parents of a child in twos, couples first; who is left over stands alone."""
    left = list(parents)
    found: list[tuple[str, ...]] = []
    while left:
        one = left.pop(0)
        mate = next((other for other in left if frozenset((one, other)) in couples), left[0] if len(left) == 1 else "")
        if mate:
            left.remove(mate)
        found.append((one, mate) if mate else (one,))
    return found


def eldest_first(figure: Figure) -> tuple[date, str]:
    return (figure.born or date.max, figure.id)
