"""Where what was shown is recorded: each floor says what its own records tell of a family."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from families.people.models import Family
from families.register.rules import Purpose
from families.shown.rules import Shown, What
from slf.accounts.models import User

Source = Callable[..., Iterable[Shown]]


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
_doors: list[Door] = []


def add_source(source: Source) -> None:
    """Register ``source(family, user=…)`` of a higher floor: it yields what it knows to have been shown."""
    if source not in _sources:
        _sources.append(source)


def add_door(door: Door) -> None:
    """Register an address by which something leaves the service for a partner."""
    if door not in _doors:
        _doors.append(door)


def doors() -> Sequence[Door]:
    return tuple(_doors)


def told_by_all(family: Family, *, user: User) -> list[Shown]:
    """Return what every registered source knows, for who may see the family."""
    return [shown for source in _sources for shown in source(family, user=user)]
