"""Why two families may be one, in words."""

from collections.abc import Iterable


def in_both(names: Iterable[str]) -> str:
    """Return who of two families is in both, in words: "Dawn Marsh and Leah Marsh in both"."""
    *most, last = sorted(set(names))
    others = f"{', '.join(most)} and " if most else ""
    return f"{others}{last} in both"
