"""How hard a genogram is to read."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from families.kin.rules.places import Board, place
from families.kin.rules.tree import Shape, Tree, eldest_first


def cost(board: Board) -> float:
    """Return how hard the picture is to read: long and crossing lines, a household torn apart, the young first."""
    place(board, sweeps=2)
    return lengths(board) + 90 * crossings(board) + 150 * tears(board) + 40 * out_of_turn(board) + men_right(board)


def lengths(board: Board) -> float:
    lines = 0.0
    for parents, children in board.tree.unions.items():
        middle = board.middle(parents)
        lines += sum(abs(board.x[child] - middle) for child in children)
    return lines + sum(abs(board.x[pair.one] - board.x[pair.other]) for pair in board.tree.couples)


def crossings(board: Board) -> int:
    """Count the pairs of lines from parents to child that cross between the same two rows."""
    lines: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for parents, children in board.tree.unions.items():
        middle, row = board.middle(parents), board.row_of[parents[0]]
        for child in children:
            lines[row, board.row_of[child]].append((middle, board.x[child]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for found in lines.values()
        for number, a in enumerate(found)
        for b in found[number + 1 :]
    )


def tears(board: Board) -> int:
    """Count the people of other households who stand between two of this one."""
    return sum(max(len(runs_of(row, board.tree)) - 1, 0) for row in board.rows)


def out_of_turn(board: Board) -> int:
    by_id = board.tree.by_id
    found = 0
    for children in board.tree.unions.values():
        standing = sorted(children, key=lambda child: board.x[child])
        found += sum(eldest_first(by_id[a]) > eldest_first(by_id[b]) for a, b in pairwise(standing))
    return found


def men_right(board: Board) -> int:
    """A small weight: which of two stands on the left matters only where nothing else does."""
    shape = {figure.id: figure.shape for figure in board.tree.figures}
    sides = [sorted((pair.one, pair.other), key=lambda one: board.x[one]) for pair in board.tree.couples]
    return 6 * sum(shape[a] is Shape.CIRCLE and shape[b] is Shape.SQUARE for a, b in sides)


def runs_of(row: Sequence[str], tree: Tree) -> list[list[str]]:
    """Return the stretches of a row in which everybody is of the household."""
    runs: list[list[str]] = []
    before = False
    for person in row:
        here = tree.by_id[person].here
        if here and before:
            runs[-1].append(person)
        elif here:
            runs.append([person])
        before = here
    return runs
