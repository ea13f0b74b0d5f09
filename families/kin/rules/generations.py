"""Which generation of a picture each person stands in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Edges = Mapping[int, Sequence[tuple[int, int]]]


class Groups:
    """People who stand side by side: couples, and those who have a child together."""

    def __init__(self, people: Iterable[str]) -> None:
        self.of = {person: number for number, person in enumerate(people)}

    def join(self, one: str, other: str) -> None:
        keep, drop = self.of[one], self.of[other]
        for person, group in self.of.items():
            if group == drop:
                self.of[person] = keep


def generations(
    people: Sequence[str],
    *,
    beside: Iterable[tuple[str, str]],
    below: Iterable[tuple[str, str]],
    level: Iterable[tuple[str, str]] = (),
    young: frozenset[str] = frozenset(),
) -> dict[str, int]:
    """Return the row of each person, 0 at the top.

    ``beside``: pairs in one row. ``below``: (parent, child), the child in a later row. ``level``: pairs in one row
    where that can be. A pair that contradicts those before it (somebody coupled with their own child) is left out.
    """
    groups = Groups(people)
    for one, other in beside:
        groups.join(one, other)
    steps = acyclic([(groups.of[parent], groups.of[child]) for parent, child in below])
    edges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for parent, child in steps:
        edges[parent].append((child, 1))
        edges[child].append((parent, -1))
    for one, other in level:
        edges[groups.of[one]].append((groups.of[other], 0))
        edges[groups.of[other]].append((groups.of[one], 0))
    rows = at_the_foot(spread(sorted(set(groups.of.values())), edges), young={groups.of[person] for person in young})
    rows = pushed_down(rows, steps)
    return {person: rows[group] for person, group in groups.of.items()}


def acyclic(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the pairs, in their order, that do not lead back to where they begin."""
    kept: list[tuple[int, int]] = []
    after: dict[int, set[int]] = defaultdict(set)
    for start, end in dict.fromkeys(pairs):
        if start != end and not reaches(end, start, after):
            kept.append((start, end))
            after[start].add(end)
    return kept


def reaches(start: int, end: int, after: Mapping[int, set[int]]) -> bool:
    seen: set[int] = set()
    waiting = {start}
    while waiting:
        if (node := waiting.pop()) == end:
            return True
        seen.add(node)
        waiting |= after.get(node, set()) - seen
    return False


def spread(groups: Sequence[int], edges: Edges) -> list[dict[int, int]]:
    """Return the rows of each set of connected groups, counted from the first of it."""
    found: list[dict[int, int]] = []
    left = dict.fromkeys(groups)
    while left:
        start = next(iter(left))
        rows, waiting = {start: 0}, [start]
        while waiting:
            group = waiting.pop(0)
            for other, step in edges.get(group, ()):
                if other not in rows:
                    rows[other] = rows[group] + step
                    waiting.append(other)
        found.append(rows)
        left = {group: None for group in left if group not in rows}
    return found


def at_the_foot(parts: Sequence[dict[int, int]], *, young: set[int]) -> dict[int, int]:
    """Set the parts beside each other with their youngest in one row; an adult without relatives stands one above."""
    height = max((max(rows.values()) - min(rows.values()) for rows in parts), default=0)
    generations_apart = 0 < len(young) < sum(map(len, parts))
    height = max(height, int(generations_apart))
    rows_of: dict[int, int] = {}
    for rows in parts:
        alone = len(rows) == 1 and not set(rows) & young
        foot = max(height - 1, 0) if alone else height
        lowest = max(rows.values())
        rows_of |= {group: row - lowest + foot for group, row in rows.items()}
    return rows_of


def pushed_down(rows: dict[int, int], steps: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return rows in which every child is below its parents, and the first row is 0."""
    settled = dict(rows)
    for _ in range(len(rows)):
        for parent, child in steps:
            settled[child] = max(settled[child], settled[parent] + 1)
    first = min(settled.values(), default=0)
    return {group: row - first for group, row in settled.items()}
