"""Where each mark of a picture goes: plain sums, no markup. The templates of ``components/charts`` set them down."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slf.web.charts import Chart

COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")
DASHES = ("", "7 4", "2 4", "9 3 2 3")
WIDTH = 420
LETTER = 8.2  # how wide a letter of 15 units is, on average
LEGEND_LINE = 24

BAR, BAR_GAP, LABEL_LINE, GROUP_GAP, FIGURE_ROOM = 18, 4, 22, 14, 70
LINE_HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 220, 46, 18, 12, 34
STAR_WIDTH, RADIUS, LABEL_AWAY, LABEL_LETTERS, TEXT_LINE = 460, 102, 18, 14, 17
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 88, 32, 6
MOST_X_LABELS, X_GAP = 6, 10

Point = tuple[float, float]


def bar(chart: "Chart") -> dict[str, Any]:
    """Lay out the bars of each label one under the other."""
    top = largest(chart)
    legend = legend_of(chart)
    y = legend["height"]
    groups = []
    for index, label in enumerate(chart.labels):
        bars = [
            bar_of(chart, row, index, y=y + LABEL_LINE + row * (BAR + BAR_GAP), top=top)
            for row in range(len(chart.series))
        ]
        groups.append({"label": label, "y": y + LABEL_LINE - 6, "bars": bars})
        y += LABEL_LINE + len(bars) * (BAR + BAR_GAP) + GROUP_GAP
    return {"width": WIDTH, "height": y, "groups": groups, "legend": legend, "patterns": patterns(chart)}


def bar_of(chart: "Chart", row: int, index: int, *, y: float, top: float) -> dict[str, Any]:
    value = chart.series[row].values[index]
    width = round(float(value or 0) / top * (WIDTH - FIGURE_ROOM), 1)
    return {
        "x": 0,
        "y": y,
        "width": width,
        "height": BAR,
        "fill": fill_of(chart, row),
        "words": chart.words(value),
        "words_x": width + 6,
        "words_y": y + BAR - 4,
    }


def line(chart: "Chart") -> dict[str, Any]:
    """Lay out lines over a grid whose steps are round numbers."""
    legend = legend_of(chart)
    steps = round_steps(largest(chart))
    head = legend["height"] + TOP
    plot = Plot(
        left=LEFT, right=WIDTH - RIGHT, head=head, foot=head + LINE_HEIGHT, top=steps[-1], count=len(chart.labels)
    )
    return {
        "width": WIDTH,
        "height": plot.foot + BOTTOM,
        "left": plot.left,
        "right": plot.right,
        "grid": [{"y": plot.y(step), "words": chart.words(step), "words_y": plot.y(step) + 5} for step in steps],
        "x_labels": x_labels(chart.labels, plot),
        "lines": [line_of(chart, row, plot) for row in range(len(chart.series))],
        "legend": legend,
    }


class Plot:
    """The part of a picture where the lines are: turns figures into places."""

    def __init__(self, *, left: float, right: float, head: float, foot: float, top: float, count: int):
        self.left, self.right, self.head, self.foot = left, right, head, foot
        self.top, self.count = top, count

    def x(self, index: int) -> float:
        share = index / (self.count - 1) if self.count > 1 else 0.5
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        return round(self.foot - float(value) / self.top * (self.foot - self.head), 1)


def line_of(chart: "Chart", row: int, plot: Plot) -> dict[str, Any]:
    values = chart.series[row].values
    runs = [[(plot.x(i), plot.y(v)) for i, v in run] for run in known_runs(values)]
    return {
        "paths": [path_of(run) for run in runs if len(run) > 1],
        "marks": [mark_at(point, row) for run in runs for point in run],
        "colour": COLOURS[row],
        "dash": DASHES[row],
    }


def known_runs(values: Sequence[Any]) -> Iterator[list[tuple[int, Any]]]:
    """Yield the stretches without a gap."""
    for known, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        if known:
            yield list(run)


def x_labels(labels: Sequence[str], plot: Plot) -> list[dict[str, Any]]:
    """Return as many labels as fit, the first and the last always; these two begin and end at the edges."""
    last = len(labels) - 1
    room = max(len(label) for label in labels) * LETTER * 1.5 + X_GAP
    fitting = math.ceil(room * last / (plot.right - plot.left))
    every = max(1, fitting, math.ceil(last / (MOST_X_LABELS - 1)))
    kept = [i for i in range(0, last + 1, every) if i == last or last - i >= every] + (
        [last] if last % every or not last else []
    )
    anchors = {0: "start", last: "end"} if last else {0: "middle"}
    return [
        {"text": labels[i], "x": plot.x(i), "y": plot.foot + 22, "anchor": anchors.get(i, "middle")}
        for i in dict.fromkeys(kept)
    ]


def star(chart: "Chart") -> dict[str, Any]:
    """Lay out the areas round a centre; nought is the centre and the best is the rim."""
    top, count = float(chart.top or largest(chart)), len(chart.labels)
    names = [wrapped(label) for label in chart.labels]
    room = max(len(lines) for lines in names) * TEXT_LINE + LABEL_AWAY
    centre = (STAR_WIDTH / 2, RADIUS + room)
    rings = ring_values(top)
    legend = legend_of(chart, y=centre[1] + RADIUS + room + 4)
    return {
        "width": STAR_WIDTH,
        "height": round(centre[1] + RADIUS + room + legend["height"]),
        "rings": [path_of(rim(centre, count, ring / top)) + "Z" for ring in rings],
        "ring_words": [
            {"x": centre[0] + 4, "y": centre[1] - RADIUS * ring / top - 2, "words": f"{ring:g}"} for ring in rings
        ],
        "spokes": [(centre, point) for point in rim(centre, count, 1)],
        "names": [name_at(centre, index, count, lines) for index, lines in enumerate(names)],
        "readings": [reading_of(chart, row, centre, top) for row in range(len(chart.series))],
        "legend": legend,
    }


def reading_of(chart: "Chart", row: int, centre: Point, top: float) -> dict[str, Any]:
    """The last reading is solid and filled; an earlier one is dashed and empty."""
    values, count = chart.series[row].values, len(chart.labels)
    is_last = row == len(chart.series) - 1
    style = star_style(chart, row)
    points = [spoke(centre, i, count, float(v) / top) for i, v in enumerate(values) if v is not None]
    closed = f"{path_of(points)}Z" if points else ""
    return {
        "path": closed,
        "marks": [mark_at(p, style) for p in points],
        "filled": is_last,
        "colour": COLOURS[style],
        "dash": DASHES[style],
    }


def star_style(chart: "Chart", row: int) -> int:
    """Style 0 (solid, round) for the last reading, style 2 (dashed, square) for the one before."""
    return 0 if row == len(chart.series) - 1 else 2


def ring_values(top: float) -> list[float]:
    """Return three to seven rings, at whole marks where the scale allows it."""
    whole = (step for step in range(1, int(top) + 1) if top % step == 0 and 3 <= top / step <= 7)
    step = next(whole, top / 5)
    return [step * n for n in range(1, round(top / step) + 1)]


def rim(centre: Point, count: int, share: float) -> list[Point]:
    return [spoke(centre, index, count, share) for index in range(count)]


def spoke(centre: Point, index: int, count: int, share: float, *, away: float = 0) -> Point:
    """Return the place on one spoke; the first points up, the others follow the clock."""
    angle = 2 * math.pi * index / count - math.pi / 2
    length = RADIUS * share + away
    return round(centre[0] + length * math.cos(angle), 1), round(centre[1] + length * math.sin(angle), 1)


def name_at(centre: Point, index: int, count: int, lines: list[str]) -> dict[str, Any]:
    """Set an area's name outside the rim, leaning away from the centre."""
    x, y = spoke(centre, index, count, 1, away=LABEL_AWAY)
    across, down = x - centre[0], y - centre[1]
    anchor = "middle" if abs(across) < RADIUS / 6 else "start" if across > 0 else "end"
    lift = (len(lines) - 1) * TEXT_LINE * (1 if down < -RADIUS else 0.5 if abs(down) <= RADIUS else 0)
    first = y - lift + (5 if abs(down) <= RADIUS else 0 if down < 0 else 8)
    return {
        "anchor": anchor,
        "lines": [{"text": t, "x": x, "y": round(first + n * TEXT_LINE, 1)} for n, t in enumerate(lines)],
    }


def spark(values: Sequence[Any], *, top: float) -> dict[str, Any]:
    """Lay out a trend in the space of a word: its shape fills the height, but a small change does not look large."""
    low, high = float(min(values)), float(max(values))
    spread = max(high - low, float(top) / 3)
    floor = max(0.0, (high + low - spread) / 2)
    edge, right, foot = SPARK_EDGE, SPARK_WIDTH - SPARK_EDGE, SPARK_HEIGHT - SPARK_EDGE
    plot = Plot(left=edge, right=right, head=edge, foot=foot, top=spread, count=len(values))
    points = [(plot.x(index), plot.y(float(value) - floor)) for index, value in enumerate(values)]
    return {"width": SPARK_WIDTH, "height": SPARK_HEIGHT, "path": path_of(points), "last": points[-1]}


def legend_of(chart: "Chart", *, y: float = 0) -> dict[str, Any]:
    """Return a sign and a name for each series, as many on a line as fit; nothing for a single bar or line."""
    if len(chart.series) == 1 and chart.kind != "star":
        return {"keys": [], "height": 0}
    keys, x, row = [], 0.0, 0
    for index, series in enumerate(chart.series):
        needed = 34 + len(series.name) * LETTER + 18
        if keys and x + needed > WIDTH:
            x, row = 0.0, row + 1
        keys.append(key_of(chart, index, x=x, y=y + row * LEGEND_LINE))
        x += needed
    return {"keys": keys, "height": (row + 1) * LEGEND_LINE + 8}


def key_of(chart: "Chart", index: int, *, x: float, y: float) -> dict[str, Any]:
    style = star_style(chart, index) if chart.kind == "star" else index
    return {
        "x": round(x, 1),
        "y": y,
        "name": chart.series[index].name,
        "text_x": round(x + 34, 1),
        "text_y": y + 14,
        "fill": fill_of(chart, index),
        "colour": COLOURS[style],
        "dash": DASHES[style],
        "mark": mark_at((x + 13, y + 9), style),
    }


def patterns(chart: "Chart") -> list[dict[str, Any]]:
    return [{"id": f"{chart.id}-p{row}", "row": row, "colour": COLOURS[row]} for row in range(1, len(chart.series))]


def fill_of(chart: "Chart", row: int) -> str:
    """The first series is plain; the others are told apart by a pattern as well."""
    return f"url(#{chart.id}-p{row})" if row else COLOURS[0]


def mark_at(point: Point, row: int) -> dict[str, Any]:
    """Return a circle, a triangle, a square or a diamond."""
    x, y = point
    shapes: tuple[Callable[[], str], ...] = (
        lambda: f"M{x - 4:g} {y:g}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
        lambda: f"M{x:g} {y - 5:g}L{x + 5:g} {y + 4:g}H{x - 5:g}Z",
        lambda: f"M{x - 4:g} {y - 4:g}h8v8h-8Z",
        lambda: f"M{x:g} {y - 5:g}L{x + 5:g} {y:g}L{x:g} {y + 5:g}L{x - 5:g} {y:g}Z",
    )
    return {"path": shapes[row](), "colour": COLOURS[row]}


def path_of(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def largest(chart: "Chart") -> float:
    values = [float(value) for series in chart.series for value in series.values if value is not None]
    return max([*values, float(chart.top or 0)], default=0) or 1


def round_steps(top: float, *, about: int = 4) -> list[float]:
    """Return 0 and round steps up to at least ``top``: 0, 5, 10, 15."""
    rough = top / about
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= rough)
    step = max(1, step) if top >= about else step
    return [tidy(step * n) for n in range(math.ceil(round(top / step, 9)) + 1)]


def tidy(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 4)


def wrapped(text: str) -> list[str]:
    """Break a name into lines short enough to stand beside the star."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > LABEL_LETTERS and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


KINDS: dict[str, Callable[["Chart"], dict[str, Any]]] = {"bar": bar, "line": line, "star": star}
