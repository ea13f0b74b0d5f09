"""From people in their places to marks on paper: symbols, the lines between them, and the household's boundary."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from families.kin.rules.cost import runs_of
from families.kin.rules.layout import arranged
from families.kin.rules.marks import HALF, Drawing, Label, Line, Mark, Point, closed, height_of, overlap
from families.kin.rules.places import BOX, EDGE, GAP, LANE, SLOT, SYMBOL, TEXT_LINE, Board
from families.kin.rules.tree import Figure, Pair, Shape, Style, Tree

PAD = 5
"""Between a person and the household's boundary."""
SLASH, SLASH_APART = 9, 7
SECOND_PORT = 10
"""How far beside the first line a second one reaches a child: of foster or adoptive parents."""


def drawn(tree: Tree) -> Drawing:
    """Return the picture of a family."""
    board = arranged(tree)
    bars = list(bars_of(board))
    lanes = lanes_of(bars)
    page = Page(board, bars, lanes)
    marks = tuple(page.mark(figure) for figure in tree.figures)
    couples = [page.couple(pair) for pair in tree.couples]
    return Drawing(
        width=page.width,
        height=page.foot,
        marks=marks,
        lines=(*couples, *(line for bar in bars for line in page.descent(bar))),
        slashes=tuple(slash for pair in tree.couples for slash in page.slashes(pair)),
        labels=tuple(label for pair in tree.couples for label in page.labels(pair)),
        boundary=tuple(page.boundary()),
    )


@dataclass(frozen=True)
class Bar:
    """The line above some brothers and sisters, or (without children) below a couple that does not stand together."""

    parents: tuple[str, ...]
    children: tuple[tuple[str, bool], ...]
    row: int
    left: float
    right: float


def bars_of(board: Board) -> Iterator[Bar]:
    """Yield what runs across between two rows: ``row`` is the row above it."""
    for pair in board.tree.couples:
        if apart(board, pair):
            sides = sorted((board.x[pair.one], board.x[pair.other]))
            yield Bar((pair.one, pair.other), (), board.row_of[pair.one], *sides)
    for parents, children in board.tree.unions.items():
        for row in sorted({board.row_of[child] for child in children}):
            here = tuple((child, dashed) for child, dashed in children.items() if board.row_of[child] == row)
            ends = [board.middle(parents), *(board.x[child] for child, _ in here)]
            yield Bar(parents, here, row - 1, min(ends), max(ends))
    for two in board.tree.siblings:
        if len({board.row_of[person] for person in two}) == 1:
            sides = sorted(board.x[person] for person in two)
            yield Bar((), tuple((person, False) for person in two), board.row_of[two[0]] - 1, *sides)


def apart(board: Board, pair: Pair) -> bool:
    """Tell whether somebody stands between the two of a couple."""
    row = board.rows[board.row_of[pair.one]]
    return pair.other not in row or abs(row.index(pair.one) - row.index(pair.other)) != 1


def lanes_of(bars: Sequence[Bar]) -> dict[int, list[list[Bar]]]:
    """Return for each row what runs below it, in lanes in which nothing touches; couples are the nearest."""
    lanes: dict[int, list[list[Bar]]] = defaultdict(list)
    for bar in sorted(bars, key=lambda one: (one.row, bool(one.children), one.left, one.right)):
        of_row = lanes[bar.row]
        first = 0 if not bar.children else sum(not any(one.children for one in lane) for lane in of_row)
        lane = next((one for one in of_row[first:] if all(bar.left > o.right + PAD for o in one)), None)
        if lane is None:
            of_row.append([bar])
        else:
            lane.append(bar)
    return lanes


class Page:
    """Turns places of the board into points of the paper."""

    def __init__(self, board: Board, bars: Sequence[Bar], lanes: Mapping[int, list[list[Bar]]]) -> None:
        self.board, self.tree = board, board.tree
        self.words = max((height_of(figure) for figure in board.tree.figures), default=0)
        places = board.x.values()
        self.left = min(places, default=0)
        self.width = round(max(places, default=0) - self.left + SLOT + 2 * EDGE)
        self.lane_of = {bar: n for of_row in lanes.values() for n, lane in enumerate(of_row) for bar in lane}
        self.apart = {frozenset(bar.parents): bar for bar in bars if not bar.children}
        above = GAP + LANE * len(lanes.get(-1, ())) if lanes.get(-1) else 0.0
        self.tops: list[float] = []
        y = EDGE + above
        for row in range(len(board.rows)):
            self.tops.append(y)
            y += SYMBOL + self.words + GAP + LANE * len(lanes.get(row, ()))
        self.foot = round(max(y - GAP, 0) + EDGE)

    def x(self, person: str) -> float:
        return round(self.board.x[person] - self.left + SLOT / 2 + EDGE, 1)

    def y(self, person: str) -> float:
        """Return the middle of the symbol."""
        return self.tops[self.board.row_of[person]] + HALF

    def below(self, person: str) -> float:
        """Return where the words below somebody end."""
        return self.tops[self.board.row_of[person]] + SYMBOL + height_of(self.tree.by_id[person])

    def lane(self, bar: Bar) -> float:
        start = self.tops[bar.row] + SYMBOL + self.words if bar.row >= 0 else EDGE
        return start + GAP / 3 + LANE * self.lane_of[bar]

    def mark(self, figure: Figure) -> Mark:
        x, y = self.x(figure.id), self.y(figure.id)
        texts = tuple((y + HALF + TEXT_LINE * (n + 1), line) for n, line in enumerate(figure.lines))
        return Mark(figure, x, y, texts)

    def couple(self, pair: Pair) -> Line:
        """Side by side: from symbol to symbol. With somebody between them: below the words of both."""
        left, right = sorted((pair.one, pair.other), key=self.x)
        joins = (left, right)
        if (bar := self.apart.get(pair.ids)) is None:
            y = self.y(left)
            return Line(
                ((self.x(left) + self.reach(left), y), (self.x(right) - self.reach(right), y)), pair.style, joins
            )
        y = self.lane(bar)
        points = ((self.x(left), self.below(left)), (self.x(left), y), (self.x(right), y),
                  (self.x(right), self.below(right)))  # fmt: skip
        return Line(points, pair.style, joins)

    def reach(self, person: str) -> float:
        """Return how far the symbol reaches to the side at the height of its middle."""
        return HALF / 2 if self.tree.by_id[person].shape is Shape.TRIANGLE else HALF

    def descent(self, bar: Bar) -> Iterator[Line]:
        """Yield the line down from the parents, the bar, and one line down to each child."""
        if not bar.children:
            return
        y = self.lane(bar)
        if bar.parents:
            start = self.start(bar.parents)
            yield Line((start, (start[0], y)), joins=bar.parents)
            ends = [start[0], *(self.port(child, dashed=dashed) for child, dashed in bar.children)]
        else:
            ends = [self.port(child, dashed=dashed) for child, dashed in bar.children]
        if min(ends) < max(ends):
            yield Line(((min(ends), y), (max(ends), y)))
        for child, dashed in bar.children:
            x, top = self.port(child, dashed=dashed), self.y(child) - HALF
            yield Line(((x, y), (x, top)), Style.DASHED if dashed else Style.SOLID, (child,))

    def port(self, child: str, *, dashed: bool) -> float:
        """Return where a line reaches a child: beside the line of birth when there is one too."""
        lines = {was for children in self.tree.unions.values() for one, was in children.items() if one == child}
        return self.x(child) + (SECOND_PORT if dashed and lines == {True, False} else 0)

    def start(self, parents: Sequence[str]) -> Point:
        """Return where the line to the children begins: the middle of the couple's line, or below one parent."""
        if len(parents) == 1:
            return self.x(parents[0]), self.below(parents[0])
        middle = round(sum(self.x(parent) for parent in parents) / 2, 1)
        bar = self.apart.get(frozenset(parents))
        return middle, self.lane(bar) if bar else self.y(parents[0])

    def middle_of(self, pair: Pair) -> Point:
        return self.start((pair.one, pair.other))

    def slashes(self, pair: Pair) -> Iterator[Line]:
        x, y = self.middle_of(pair)
        for n in range(pair.slashes):
            at = x - 16 + n * SLASH_APART
            yield Line(((at - SLASH / 2, y + SLASH), (at + SLASH / 2, y - SLASH)))

    def labels(self, pair: Pair) -> Iterator[Label]:
        if pair.label:
            x, y = self.middle_of(pair)
            yield Label(x, y - 12 if pair.ids not in self.apart else y - 4, pair.label)

    # The household

    def boundary(self) -> Iterator[Line]:
        """Yield closed lines that hold everybody of the household and nobody else."""
        shape: list[tuple[int, float, float]] = []
        for row, people in enumerate(self.board.rows):
            runs = runs_of(people, self.tree)
            main = self.main_run(runs, shape)
            for run in runs:
                left, right = self.sides(run)
                if run is not main:
                    yield closed(self.rectangle(row, left, right))
                elif shape and shape[-1][0] == row - 1:
                    shape.append((row, left, right))
                else:
                    if shape:
                        yield closed(self.staircase(shape))
                    shape = [(row, left, right)]
        if shape:
            yield closed(self.staircase(shape))

    def main_run(self, runs: Sequence[list[str]], shape: Sequence[tuple[int, float, float]]) -> list[str] | None:
        """Return the run that goes on the boundary of the row above: the longest, or the one most below it."""
        above = shape[-1][1:] if shape else (0.0, 0.0)
        return max(runs, key=lambda run: (overlap(self.sides(run), above), len(run)), default=None)

    def sides(self, run: Sequence[str]) -> tuple[float, float]:
        return self.x(run[0]) - BOX / 2 - PAD, self.x(run[-1]) + BOX / 2 + PAD

    def head(self, row: int) -> float:
        return self.tops[row] - PAD

    def base(self, row: int) -> float:
        return self.tops[row] + SYMBOL + self.words + PAD

    def rectangle(self, row: int, left: float, right: float) -> list[Point]:
        top, bottom = self.head(row), self.base(row)
        return [(left, top), (right, top), (right, bottom), (left, bottom)]

    def staircase(self, shape: Sequence[tuple[int, float, float]]) -> list[Point]:
        """Go down the right side and up the left one; between two rows there is room to step in or out."""
        right: list[Point] = [(shape[0][2], self.head(shape[0][0]))]
        left: list[Point] = [(shape[0][1], self.head(shape[0][0]))]
        for (row, left_above, right_above), (_, left_below, right_below) in pairwise(shape):
            high, low = self.base(row), self.head(row + 1)
            # Where the lower row stands to one side, the way to it is a passage and not a line.
            at_right = high if right_below >= right_above else low
            at_left = high if left_below <= left_above else low
            right += [(right_above, at_right), (right_below, at_right)]
            left += [(left_above, at_left), (left_below, at_left)]
        last = shape[-1]
        right.append((last[2], self.base(last[0])))
        left.append((last[1], self.base(last[0])))
        return [*right, *reversed(left)]
