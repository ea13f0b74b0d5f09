"""Where on the board everybody stands: a slot each, as near as can be to below or above their kin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from families.kin.rules.tree import Tree

SLOT, SYMBOL, BOX = 120, 44, 108
"""How wide a slot, a symbol and the words below it are."""
TEXT_LINE = 16
EDGE, LANE, GAP = 30, 12, 34
WIDEST_ROW = 10
"""Slots that every picture may use, so that short rows can stand below the middle of long ones."""
SWEEPS = 6


@dataclass
class Board:
    """Who stands in which row, in which order; ``x`` are the middles of their slots."""

    tree: Tree
    rows: list[list[str]]
    x: dict[str, float] = field(default_factory=dict)

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {person: number for number, row in enumerate(self.rows) for person in row}

    @property
    def slots(self) -> int:
        return max(WIDEST_ROW, *(len(row) for row in self.rows)) if self.rows else WIDEST_ROW

    def middle(self, parents: Sequence[str]) -> float:
        return sum(self.x[parent] for parent in parents) / len(parents)


def place(board: Board, *, sweeps: int = SWEEPS) -> None:
    """Give everybody an ``x``: in the order of the row, a slot apart, as near as can be to below or above their kin."""
    for row in board.rows:
        free = board.slots - len(row)
        for number, person in enumerate(row):
            board.x[person] = (free / 2 + number) * SLOT
    for _ in range(sweeps):
        for number in range(1, len(board.rows)):
            settle(board, number, pulls_from_parents(board))
        for number in range(len(board.rows) - 2, -1, -1):
            settle(board, number, pulls_from_children(board))


def pulls_from_parents(board: Board) -> Mapping[str, float]:
    """Return how far each child would have to go for the middle of its brothers and sisters to be below the parents."""
    pulls = pulls_of_couples(board)
    for parents, children in board.tree.unions.items():
        gap = board.middle(parents) - board.middle(list(children))
        for child in children:
            pulls[child].append(gap)
    return {child: sum(gaps) / len(gaps) for child, gaps in pulls.items()}


def pulls_from_children(board: Board) -> Mapping[str, float]:
    pulls = pulls_of_couples(board)
    for parents, children in board.tree.unions.items():
        gap = board.middle(list(children)) - board.middle(parents)
        for parent in parents:
            pulls[parent].append(gap)
    return {parent: sum(gaps) / len(gaps) for parent, gaps in pulls.items()}


def pulls_of_couples(board: Board) -> dict[str, list[float]]:
    """Return how far each of a couple would have to go to stand beside the other."""
    pulls: dict[str, list[float]] = defaultdict(list)
    for pair in board.tree.couples:
        left, right = sorted((pair.one, pair.other), key=lambda person: board.x[person])
        gap = board.x[right] - board.x[left] - SLOT
        pulls[left].append(gap)
        pulls[right].append(-gap)
    return pulls


def settle(board: Board, number: int, pulls: Mapping[str, float]) -> None:
    """Move a row as its people are pulled, without anybody leaving their turn or the picture."""
    row = board.rows[number]
    wanted = [(board.x[p] + pulls.get(p, 0) - n * SLOT, 1.0 if p in pulls else 0.05) for n, p in enumerate(row)]
    most = (board.slots - len(row)) * SLOT
    for n, (person, offset) in enumerate(zip(row, in_turn(wanted), strict=True)):
        board.x[person] = min(max(offset, 0), most) + n * SLOT


def in_turn(wanted: Sequence[tuple[float, float]]) -> list[float]:
    """Return the values nearest to those wanted (each with its weight) of which none is below the one before it."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in wanted:
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, wa, na), (b, wb, nb) = pools[-2:]
            pools[-2:] = [((a * wa + b * wb) / (wa + wb), wa + wb, na + nb)]
    return [value for value, _, number in pools for _ in range(number)]
