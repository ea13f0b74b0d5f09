"""What stands on the paper: symbols with their words, lines, labels, and the path of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from families.kin.rules.places import BOX, SYMBOL, TEXT_LINE
from families.kin.rules.tree import Figure, Shape, Style

Point = tuple[float, float]
HALF = SYMBOL / 2


@dataclass(frozen=True)
class Mark:
    """One person on the paper: the middle of the symbol, and the lines of text below it."""

    figure: Figure
    x: float
    y: float
    texts: tuple[tuple[float, str], ...]

    @property
    def path(self) -> str:
        return outline(self.figure.shape, self.x, self.y)

    @property
    def cross(self) -> str:
        """Return the diagonal cross of somebody who has died."""
        return f"{segment(self.x - HALF, self.y - HALF, self.x + HALF, self.y + HALF)}" + segment(
            self.x + HALF, self.y - HALF, self.x - HALF, self.y + HALF
        )

    @property
    def age_y(self) -> float:
        return self.y + (12 if self.figure.shape is Shape.TRIANGLE else 5)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of all that is theirs."""
        return self.x - BOX / 2, self.y - HALF, self.x + BOX / 2, self.y + HALF + height_of(self.figure)


@dataclass(frozen=True)
class Line:
    """A line of the picture. ``joins`` are the people it ends at."""

    points: tuple[Point, ...]
    style: Style = Style.SOLID
    joins: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        first, *others = self.points
        return f"M{number(first[0])} {number(first[1])}" + "".join(f"L{number(x)} {number(y)}" for x, y in others)

    @property
    def dash(self) -> str:
        return {Style.SOLID: "", Style.DASHED: "7 4", Style.DOTTED: "2 4"}[self.style]


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    slashes: tuple[Line, ...]
    labels: tuple[Label, ...]
    boundary: tuple[Line, ...]


def height_of(figure: Figure) -> float:
    """Return how much room the words below a symbol take."""
    return TEXT_LINE * len(figure.lines) + 5 if figure.lines else 0


def overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0)


def closed(points: Sequence[Point]) -> Line:
    return Line((*points, points[0]), Style.DASHED)


def outline(shape: Shape, x: float, y: float) -> str:
    """Return the path of a symbol round its middle."""
    h = HALF
    if shape is Shape.CIRCLE:
        return f"M{number(x - h)} {number(y)}a{h:g} {h:g} 0 1 0 {SYMBOL} 0a{h:g} {h:g} 0 1 0 -{SYMBOL} 0Z"
    corners = {
        Shape.SQUARE: [(x - h, y - h), (x + h, y - h), (x + h, y + h), (x - h, y + h)],
        Shape.DIAMOND: [(x, y - h), (x + h, y), (x, y + h), (x - h, y)],
        Shape.TRIANGLE: [(x, y - h), (x + h, y + h), (x - h, y + h)],
    }[shape]
    return "M" + "L".join(f"{number(a)} {number(b)}" for a, b in corners) + "Z"


def segment(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"


def number(value: float) -> str:
    return f"{round(value, 1):g}"
