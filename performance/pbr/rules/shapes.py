"""The shapes the engine reads: a household, the facts known about it, and a scheme whose every figure is a row."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple


class Period(NamedTuple):
    """Whole days, both ends included; no end means it has not been seen to end."""

    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def overlaps(self, other: "Period") -> bool:
        return (other.ends_on is None or self.starts_on <= other.ends_on) and (
            self.ends_on is None or other.starts_on <= self.ends_on
        )


class Span(NamedTuple):
    """Whole days with a known end, both included: a window, or the days that evidence is for."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Member:
    """A person, and when they lived in this household. `lived_here` is never guessed: no period, never here."""

    id: str
    born: date | None
    lived_here: tuple[Period, ...]
    parenting: bool = False
    name: str = ""
    elsewhere: tuple[Period, ...] = ()  # with parental responsibility here, without living here full time

    @property
    def called(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Household:
    """The family as one claim sees it. `attached_on` is the day the service began to work with it."""

    id: str
    members: tuple[Member, ...]
    attached_on: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of evidence. An event is a period of one day; `confirmed` is False while a match is in doubt."""

    id: str
    kind: str
    person: str | None
    period: Period
    value: Mapping[str, Any]
    source: str
    recorded_on: date
    confirmed: bool = True

    @property
    def day(self) -> date:
        return self.period.starts_on


class Term(NamedTuple):
    """A school term from the loaded calendar."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, eq=False)
class Row:
    """One rule, threshold, window or price, with where it comes from.

    Grade P is a primary source, S a secondary one, D derived from those, U not sourced. Until a U row is
    confirmed, `strict` is used where the row has a stricter reading, and whatever the row decides may not be submitted.

    `kind` is what the engine does with it; `sort` how it is tested: threshold, price, process or context.
    """

    id: str
    kind: str
    question: str
    value: Mapping[str, Any]
    grade: str
    source: str
    group: str = ""
    strict: Mapping[str, Any] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    confirmed: str = ""
    sort: str = ""
    unit: str = ""

    @cached_property
    def settled(self) -> bool:
        return self.grade != "U" or bool(self.confirmed)

    @cached_property
    def in_use(self) -> Mapping[str, Any]:
        return self.value if self.settled or self.strict is None else self.strict

    @cached_property
    def names(self) -> frozenset[str]:
        """What is on the list, for a row that is one; compared without regard to capitals."""
        return frozenset(name.casefold() for name in self.in_use["names"])

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        """What to add to a finding that this row decides."""
        return () if self.settled else (self.id,)

    def in_force(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


SORTS = ("threshold", "price", "process", "context")
PARTS = ("criteria", "combinations", "results", "prices", "windows", "settings")


@dataclass(frozen=True, eq=False)
class Scheme:
    """A dated rule book. A new year or programme is another one, with other rows; the engine has no figures."""

    version: str
    name: str
    starts_on: date
    ends_on: date
    criteria: tuple[Row, ...] = field(default=())
    combinations: tuple[Row, ...] = field(default=())
    results: tuple[Row, ...] = field(default=())
    prices: tuple[Row, ...] = field(default=())
    windows: tuple[Row, ...] = field(default=())
    settings: tuple[Row, ...] = field(default=())
    number: int = 0  # which version of its rows this is: 0 as it ships; no part of the digest, which the rows make

    @cached_property
    def rows(self) -> dict[str, Row]:
        return {row.id: row for part in PARTS for row in getattr(self, part)}

    @cached_property
    def by_kind(self) -> dict[str, Row]:
        """The one row of each kind; kinds that come in several, such as prices, are read through their part."""
        return {row.kind: row for row in reversed(self.rows.values())}

    @cached_property
    def digest(self) -> str:
        """Changes when any figure, wording, grade or confirmation changes."""
        rows = [as_plain(row) for row in self.rows.values()]
        return sha256_of({"version": self.version, "name": self.name, "rows": rows})

    def confirming(self, references: Mapping[str, str]) -> "Scheme":
        """The same scheme with some rows confirmed, each by the reference that confirms it."""
        return self._changing({row_id: {"confirmed": reference} for row_id, reference in references.items()})

    def in_force(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def setting(self, values: Mapping[str, Mapping[str, Any]]) -> "Scheme":
        """The same scheme with other values in some rows: what a county does with a local setting."""
        return self._changing({row_id: {"value": value} for row_id, value in values.items()})

    def _changing(self, changes: Mapping[str, Mapping[str, Any]]) -> "Scheme":
        unknown = sorted(set(changes) - set(self.rows))
        if unknown:
            raise KeyError(unknown[0])
        changed = {row_id: replace(self.rows[row_id], **change) for row_id, change in changes.items()}
        parts: dict[str, Any] = {part: tuple(changed.get(row.id, row) for row in getattr(self, part)) for part in PARTS}
        return replace(self, **parts)


def as_plain(row: Row) -> dict[str, Any]:
    plain = {each.name: getattr(row, each.name) for each in fields(row)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}


CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False)


def canonical(content: Any) -> str:
    """One spelling for one content, so that equal judgements are equal bytes."""
    return CANONICAL.encode(content)


def sha256_of(content: Any) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()
