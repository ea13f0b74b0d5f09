"""What a report is asked for: which kind, for where and when, by whom; and who may."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from performance.reports.models import part_of
from performance.reports.rules import Table
from slf.access.models import Locality, Scope
from slf.access.rights import rights_of
from slf.access.rules import RecordClass, Role
from slf.accounts.models import User

READERS = frozenset({Role.MANAGER, Role.HEAD, Role.DATA, Role.AUDITOR})
"""For whom a report on schedule can wait: those whose My day looks for it."""


@dataclass(frozen=True)
class Asked:
    """Who asks, for which locality (None: the county), for which days, as at which day."""

    by: User
    locality: Locality | None
    since: date
    until: date
    on: date


class Rows(NamedTuple):
    """What was read for a report: the rows its table is made from, and the claim runs it rests on."""

    of_table: Any
    runs: list[dict[str, str]]


@dataclass(frozen=True)
class Kind:
    """One kind of report. ``rests_on``: whoever may read that class of a locality's records may ask for it."""

    code: str
    title: str
    tells: str
    rests_on: RecordClass
    read: Callable[[Asked], Rows]
    table: Callable[[Any], Table]
    county_only: bool = False
    of_a_day: bool = False
    """It tells how things stand on the day it is made, and asks for no days."""


def held(user: User, kind: Kind) -> frozenset[int]:
    """Return the audiences whose records this person may have reported in this way."""
    return part_of(rights_of(user), kind.rests_on)


def may_ask(user: User, kind: Kind, locality: Locality | None) -> bool:
    """Tell whether somebody may see all that this report rests on."""
    if kind.county_only and locality:
        return False
    wanted = Scope.objects.filter(kind=Scope.Kind.LOCALITY)
    wanted = wanted.filter(locality=locality) if locality else wanted
    return set(wanted.values_list("pk", flat=True)) <= held(user, kind)


@dataclass(frozen=True)
class Reach:
    """For which places somebody may ask: read once for all kinds."""

    user: User
    places: dict[int, Locality]
    """Every locality by its own audience."""

    @classmethod
    def of(cls, user: User) -> "Reach":
        found = Scope.objects.filter(kind=Scope.Kind.LOCALITY).select_related("locality").order_by("locality__name")
        return cls(user, {scope.pk: scope.locality for scope in found if scope.locality})

    def localities(self, kind: Kind) -> list[Locality]:
        if kind.county_only:
            return []
        scopes = held(self.user, kind)
        return [locality for scope, locality in self.places.items() if scope in scopes]

    def county(self, kind: Kind) -> bool:
        return self.places.keys() <= held(self.user, kind)

    def may(self, kind: Kind) -> bool:
        return bool(self.localities(kind)) or self.county(kind)
