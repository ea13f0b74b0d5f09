"""Where what was shown is recorded: each floor says what its own records tell of families."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from families.register.rules import Purpose
from families.shown.rules import Shown, What
from slf.accounts.models import User

Source = Callable[..., Iterable[tuple[int, Shown]]]


@dataclass(frozen=True)
class Door:
    """An address whose every look in the log goes to a partner: a pattern of SQL, and what it says there."""

    pattern: str
    code: str
    what: What
    detail: str
    gateway: str
    purpose: Purpose = Purpose.SUPPORT


_sources: list[Source] = []
_inside: list[Source] = []
_doors: list[Door] = []


def add_source(source: Source, *, inside: bool = False) -> None:
    """Register ``source(families, user=…)`` of a higher floor: of families, given by their keys, it yields what it
    knows to have been shown, as ``(family, Shown)``. It asks as often for many as for one.

    ``inside``: what it knows was given to nobody outside, whom a withdrawal would have to be told to.
    """
    kept = _inside if inside else _sources
    if source not in kept:
        kept.append(source)


def add_door(door: Door) -> None:
    """Register an address by which something leaves the service for a partner."""
    if door not in _doors:
        _doors.append(door)


def doors() -> Sequence[Door]:
    return tuple(_doors)


def told_by_all(families: Sequence[int], *, user: User, inside: bool = True) -> Iterator[tuple[int, Shown]]:
    """Yield what every registered source knows of families, for who may see them."""
    for source in (*_sources, *(_inside if inside else ())):
        yield from source(families, user=user)
