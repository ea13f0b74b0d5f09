"""Who stands beside whom in a row: couples together, the eldest first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from families.kin.rules.tree import Shape, Tree, eldest_first


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
