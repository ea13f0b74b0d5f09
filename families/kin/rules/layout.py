"""Where everything of a genogram goes. Sums only: who stands where.

Rows are generations. Within a row people keep one slot each, so that no two ever touch, whatever the relationships;
the order and the places are then made better step by step: children below their parents, the household together.
"""

from collections.abc import Iterable, Sequence

from families.kin.rules.blocks import blocks_of, in_first_order
from families.kin.rules.cost import cost
from families.kin.rules.generations import generations
from families.kin.rules.places import SWEEPS, Board, place
from families.kin.rules.tree import Tree

PASSES = 6
"""How often a small picture is gone over; a large one once."""


def arranged(tree: Tree) -> Board:
    """Return the board with everybody in their place."""
    people = [figure.id for figure in tree.figures]
    rows_of = generations(
        people,
        beside=[(pair.one, pair.other) for pair in tree.couples],
        below=[(descent.parent, descent.child) for descent in tree.descents],
        level=tree.siblings,
        young=frozenset(figure.id for figure in tree.figures if figure.young),
    )
    rows: list[list[str]] = [[] for _ in range(max(rows_of.values(), default=-1) + 1)]
    for person in in_first_order(tree, rows_of):
        rows[rows_of[person]].append(person)
    board = Board(tree, [[person for block in blocks_of(row, tree) for person in block] for row in rows])
    improve(board)
    place(board, sweeps=SWEEPS * 2)
    return board


def improve(board: Board) -> None:
    """Change places of neighbouring blocks, and turn blocks round, as long as the picture becomes plainer."""
    best = cost(board)
    passes = PASSES if len(board.row_of) <= 16 else 1
    for _ in range(passes):
        before = best
        for number in range(len(board.rows)):
            best = better_row(board, number, best)
        if best >= before:
            return


def better_row(board: Board, number: int, best: float) -> float:
    for changed in other_orders(board.rows[number], board.tree):
        kept, board.rows[number] = board.rows[number], changed
        if (now := cost(board)) < best - 0.5:
            best = now
        else:
            board.rows[number] = kept
    return best


def other_orders(row: Sequence[str], tree: Tree) -> Iterable[list[str]]:
    """Yield the orders one step away from that of a row."""
    blocks = split_as_they_stand(row, tree)
    for number in range(len(blocks)):
        turned = [*blocks[:number], blocks[number][::-1], *blocks[number + 1 :]]
        yield [person for block in turned for person in block]
    for one in range(len(blocks)):
        for other in range(one + 1, len(blocks)):
            moved = list(blocks)
            moved[one], moved[other] = moved[other], moved[one]
            yield [person for block in moved for person in block]


def split_as_they_stand(row: Sequence[str], tree: Tree) -> list[list[str]]:
    """Return the blocks of a row in the order in which everybody stands now."""
    block_of = {person: number for number, block in enumerate(blocks_of(row, tree)) for person in block}
    blocks: list[list[str]] = []
    for person in row:
        if blocks and block_of[blocks[-1][0]] == block_of[person]:
            blocks[-1].append(person)
        else:
            blocks.append([person])
    return blocks
