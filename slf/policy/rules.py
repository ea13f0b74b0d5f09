"""What a setting is, which values it may have, and which of them is in force on a day. No Django here."""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from slf.web.errors import DomainError
from slf.web.words import EXAMPLE

T = TypeVar("T")
LONGEST_CODE, LONGEST_LABEL, LONGEST_NUMBER = 12, 100, 30
MOST_REASONS = 30


class WrongValue(DomainError):
    """A value that a setting cannot have, whichever door it comes through."""

    status = 422
    title = "This setting cannot have that value"


class Kind(ABC, Generic[T]):
    """What values a setting has: ``raw`` as JSON keeps it, read as the code uses it, said in lines of words."""

    name: str

    @abstractmethod
    def check(self, raw: Any, *, before: Sequence[Any] = ()) -> None:
        """Raise ``WrongValue`` for what cannot be; ``before`` are the values it had or will have."""

    @abstractmethod
    def read(self, raw: Any) -> T: ...

    @abstractmethod
    def words(self, raw: Any) -> list[str]: ...


@dataclass(frozen=True)
class Number(Kind[int]):
    """A whole number of something, within bounds."""

    unit: str
    least: int
    most: int
    name = "number"

    def check(self, raw: Any, *, before: Sequence[Any] = ()) -> None:
        if type(raw) is not int or not self.least <= raw <= self.most:
            raise WrongValue(f"Give a whole number of {self.unit} from {self.least} to {self.most}.")

    def read(self, raw: Any) -> int:
        return int(raw)

    def words(self, raw: Any) -> list[str]:
        return [f"{raw} {self.unit}"]


@dataclass(frozen=True)
class Telephone(Kind[str]):
    """A number somebody is told to ring."""

    name = "telephone"

    def check(self, raw: Any, *, before: Sequence[Any] = ()) -> None:
        if not isinstance(raw, str) or len(raw) > LONGEST_NUMBER or not re.fullmatch(r"\+?\d[\d ]+\d", raw):
            raise WrongValue("Give the telephone number in figures, for example 0116 496 0123.")

    def read(self, raw: Any) -> str:
        return str(raw)

    def words(self, raw: Any) -> list[str]:
        return [raw]


@dataclass(frozen=True)
class Reason:
    """One reason of a list: its code stays for ever, its words may change, and it may be chosen until it is retired."""

    code: str
    label: str
    retired: bool = False


@dataclass(frozen=True)
class Reasons:
    """A list of reasons as forms and pages read it."""

    all: tuple[Reason, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return what may be chosen now."""
        return [(reason.code, reason.label) for reason in self.all if not reason.retired]

    def label(self, code: str) -> str:
        """Return the words of a code, one that is retired included."""
        return next((reason.label for reason in self.all if reason.code == code), code)


@dataclass(frozen=True)
class ReasonList(Kind[Reasons]):
    """Coded reasons. A code is never taken away, so that what was decided by it can still be read."""

    name = "reasons"

    def check(self, raw: Any, *, before: Sequence[Any] = ()) -> None:
        if not isinstance(raw, list) or not all(map(is_reason, raw)) or len(raw) > MOST_REASONS:
            raise WrongValue(f"Give at most {MOST_REASONS} reasons, each with a code, words and whether it is retired.")
        codes, labels = [one["code"] for one in raw], [one["label"].strip().casefold() for one in raw]
        if len(set(codes)) < len(codes) or len(set(labels)) < len(labels):
            raise WrongValue("Two reasons say the same. Give each its own words.")
        if all(one["retired"] for one in raw):
            raise WrongValue("Leave at least one reason that can be chosen.")
        if lost := {one["code"] for value in before for one in value} - set(codes):
            raise WrongValue(f"Retire a reason instead of removing it: {', '.join(sorted(lost))}.")

    def read(self, raw: Any) -> Reasons:
        return Reasons(tuple(Reason(**one) for one in raw))

    def words(self, raw: Any) -> list[str]:
        return [f"{one['label']}{' (retired: not chosen any more)' if one['retired'] else ''}" for one in raw]


def is_reason(one: Any) -> bool:
    if not isinstance(one, dict) or one.keys() != {"code", "label", "retired"} or type(one["retired"]) is not bool:
        return False
    code, label = one["code"], one["label"]
    return (
        isinstance(code, str)
        and isinstance(label, str)
        and bool(re.fullmatch(rf"[a-z0-9_]{{1,{LONGEST_CODE}}}", code))
        and 0 < len(label.strip()) <= LONGEST_LABEL
    )


def code_for(label: str, *, taken: Collection[str]) -> str:
    """Return a code of its own for a new reason, made of its words."""
    plain = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_") or "reason"
    tried = (f"{plain[: LONGEST_CODE - len(end)].strip('_')}{end}" for end in ["", *map(str, range(2, 1000))])
    return next(code for code in tried if code not in taken)


Ticked = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Ticks(Kind[Ticked]):
    """A table in which each box is ticked or not: rows by columns, each by its code, kept as ``row:column``."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    name = "ticks"

    def check(self, raw: Any, *, before: Sequence[Any] = ()) -> None:
        boxes = {f"{row}:{column}" for row in self.rows for column in self.columns}
        if not isinstance(raw, list) or not all(isinstance(box, str) and box in boxes for box in raw):
            raise WrongValue("Tick boxes of this table only.")
        if not raw:
            raise WrongValue("Tick at least one box.")

    def read(self, raw: Any) -> Ticked:
        return frozenset((row, column) for row, _, column in (box.partition(":") for box in raw))

    def words(self, raw: Any) -> list[str]:
        ticked = self.read(raw)
        found = {row: [name for column, name in self.columns.items() if (row, column) in ticked] for row in self.rows}
        return [f"{self.rows[row]}: {', '.join(names).lower()}" for row, names in found.items() if names]


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing that practice goes by, with the value the service came with and where that is from."""

    key: str
    label: str
    where: str
    kind: Kind[T]
    default: Any
    help: str = ""
    source: str = EXAMPLE

    def read(self, raw: Any) -> T:
        return self.kind.read(raw)

    @property
    def shipped(self) -> T:
        return self.read(self.default)


class Dated(Protocol):
    """A confirmed value: from which day, and when it was confirmed."""

    starts_on: date
    confirmed_at: datetime | None


D = TypeVar("D", bound=Dated)


def in_force(values: Iterable[D], *, on: date) -> D | None:
    """Return the confirmed value in force on a day: the last to begin; of one day, the last that was confirmed."""
    begun = [value for value in values if value.starts_on <= on and value.confirmed_at is not None]
    return max(begun, key=lambda value: (value.starts_on, value.confirmed_at), default=None)


def check_first_day(day: date, *, today: date) -> None:
    """Refuse a value that would count before today: what was decided until now was decided by the old one."""
    if day < today:
        raise WrongValue(
            "The first day must be today or later: what was decided until now was decided by the old value."
        )
