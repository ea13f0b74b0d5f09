"""Where everything of a genogram goes. Sums only: who stands where, and from where to where the lines lead.

Rows are generations. Within a row people keep one slot each, so that no two ever touch, whatever the relationships;
the order and the places are then made better step by step: children below their parents, the household together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from families.kin.rules.generations import generations

SLOT, SYMBOL, BOX = 120, 44, 108
"""How wide a slot, a symbol and the words below it are."""
TEXT_LINE = 16
EDGE, LANE, GAP = 30, 12, 34
WIDEST_ROW = 10
"""Slots that every picture may use, so that short rows can stand below the middle of long ones."""
SWEEPS, PASSES = 6, 6


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


def in_first_order(tree: Tree, rows_of: Mapping[str, int]) -> list[str]:
    """Return everybody as one would tell of them: from the eldest on, each followed by partner and children."""
    told: dict[str, None] = {}
    mates: dict[str, list[str]] = defaultdict(list)
    children: dict[str, list[str]] = defaultdict(list)
    for pair in tree.couples:
        mates[pair.one].append(pair.other)
        mates[pair.other].append(pair.one)
    for parents, below in tree.unions.items():
        for parent in parents:
            children[parent] += sorted(below, key=lambda child: eldest_first(tree.by_id[child]))

    def tell(person: str) -> None:
        if person in told:
            return
        told[person] = None
        for other in (*mates[person], *children[person]):
            tell(other)

    for person in sorted(rows_of, key=lambda one: (rows_of[one], eldest_first(tree.by_id[one]))):
        tell(person)
    return list(told)


def eldest_first(figure: Figure) -> tuple[date, str]:
    return (figure.born or date.max, figure.id)


def blocks_of(row: Sequence[str], tree: Tree) -> list[list[str]]:
    """Return the row as blocks of people who are coupled, each in an order in which couples stand side by side."""
    mates: dict[str, list[str]] = defaultdict(list)
    here = set(row)
    for pair in tree.couples:
        if pair.ids <= here and len(pair.ids) == 2:
            mates[pair.one].append(pair.other)
            mates[pair.other].append(pair.one)
    blocks: list[list[str]] = []
    left = dict.fromkeys(row)
    while left:
        block = chain_from(next(iter(left)), mates)
        blocks.append(with_men_left(block, tree))
        for person in block:
            del left[person]
    return blocks


def chain_from(person: str, mates: Mapping[str, Sequence[str]]) -> list[str]:
    """Return everybody who is coupled with somebody of a block, beginning at an end of it."""
    block = reached(person, mates)
    start = min(block, key=lambda one: (len(mates.get(one, ())), block.index(one)))
    chain: list[str] = []
    waiting = [start]
    while waiting:
        if (one := waiting.pop()) not in chain:
            chain.append(one)
            waiting += sorted(mates.get(one, ()), key=lambda other: -len(mates.get(other, ())), reverse=True)
    return chain


def reached(person: str, mates: Mapping[str, Sequence[str]]) -> list[str]:
    found, waiting = [person], [person]
    while waiting:
        for other in mates.get(waiting.pop(0), ()):
            if other not in found:
                found.append(other)
                waiting.append(other)
    return found


def with_men_left(block: list[str], tree: Tree) -> list[str]:
    """Of a couple the man stands on the left, as is usual; longer chains stay as they are."""
    shapes = [tree.by_id[person].shape for person in block]
    return block[::-1] if len(block) == 2 and shapes == [Shape.CIRCLE, Shape.SQUARE] else block


# Places


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


# Order


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
