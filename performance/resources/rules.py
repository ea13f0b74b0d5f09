"""How many posts each locality gets: whole numbers that add up, by the largest remainder.

Families give whole percentages of 100; percentages give whole posts; posts give parts of a senior.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Families:
    """Families identified in a locality: with complex needs, and at risk of them."""

    locality: str
    complex: int
    at_risk: int

    @property
    def all(self) -> int:
        return self.complex + self.at_risk


@dataclass(frozen=True, slots=True)
class Allocation:
    """One locality's line: its share in whole percent, its support workers, its seniors to one decimal."""

    families: Families
    share: int
    fsw: int
    seniors: Decimal


def apportion(total: int, weights: Mapping[str, int], ties: Mapping[str, int] | None = None) -> dict[str, int]:
    """Share out a whole number by weight.

    Each gets the whole part of its exact quota; what is left goes one by one to the largest remainders. Between equal
    remainders the larger in `ties` (else in `weights`) comes first, then the name that comes first in the alphabet.
    """
    whole = sum(weights.values())
    if whole <= 0:
        raise ValueError("Nothing can be shared out where every weight is 0.")
    parts = {name: divmod(total * weight, whole) for name, weight in weights.items()}
    left = total - sum(seats for seats, _ in parts.values())
    size = ties or weights
    order = sorted(parts, key=lambda name: (-parts[name][1], -size[name], name.casefold(), name))
    first = set(order[:left])
    return {name: seats + (name in first) for name, (seats, _) in parts.items()}


def allocate(families: Sequence[Families], posts: int, seniors: Decimal) -> list[Allocation]:
    """The published table: one line for each locality, in the order given."""
    counts = {each.locality: each.all for each in families}
    shares = apportion(100, counts)
    fsw = apportion(posts, shares, ties=counts)
    return [
        Allocation(each, shares[each.locality], fsw[each.locality], seniors_for(fsw[each.locality], posts, seniors))
        for each in families
    ]


def seniors_for(fsw: int, posts: int, seniors: Decimal) -> Decimal:
    """Seniors in proportion to support workers, half up to one decimal."""
    return (fsw * seniors / posts).quantize(Decimal("0.1"), ROUND_HALF_UP)
