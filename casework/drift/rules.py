"""What shows that work with a family drifts: overdue, stuck, risky. Each sign is dated and said in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from casework.visits.rules import days_since, is_overdue
from slf.policy.rules import Number, Setting

WHERE = "Supervision"
DECIDED_EVERY: Setting[int] = Setting(
    "decided_every", "After how long without a decision in supervision a family is on the drift list", WHERE,
    Number("days", 7, 365), 42, help="No document gives this number: the county decides it here.",
)  # fmt: skip
EXPECTED_WEEKS: Setting[int] = Setting(
    "case_weeks", "How long a case is expected to be open", WHERE, Number("weeks", 4, 260), 52,
    help="No document gives this number: the county decides it here.",
)  # fmt: skip
UNCHANGED_REVIEWS: Setting[int] = Setting(
    "same_reviews", "After how many reviews without change a family is on the drift list", WHERE,
    Number("reviews", 1, 6), 2,
    help="A review counts as a star reading. As long as no area of the star is better than that many readings ago, "
    "nothing changed.",
)  # fmt: skip
SETTINGS = (DECIDED_EVERY, EXPECTED_WEEKS, UNCHANGED_REVIEWS)


class Kind(IntEnum):
    """What a sign is, the most pressing first."""

    RISKY = 1
    OVERDUE = 2
    STUCK = 3


class Sign(StrEnum):
    PROTECTION = "protection"
    UNSEEN = "unseen"
    SILENT = "silent"
    UNDECIDED = "undecided"
    ACTIONS = "actions"
    UNCHANGED = "unchanged"
    LONG = "long"

    @property
    def kind(self) -> Kind:
        return KINDS[self]

    @property
    def label(self) -> str:
        return SIGN_NAMES[self]


KINDS: Mapping[Sign, Kind] = {
    Sign.PROTECTION: Kind.RISKY,
    Sign.UNSEEN: Kind.RISKY,
    Sign.SILENT: Kind.OVERDUE,
    Sign.UNDECIDED: Kind.OVERDUE,
    Sign.ACTIONS: Kind.OVERDUE,
    Sign.UNCHANGED: Kind.STUCK,
    Sign.LONG: Kind.STUCK,
}
SIGN_NAMES: Mapping[Sign, str] = {
    Sign.PROTECTION: "Child protection plan",
    Sign.UNSEEN: "A child not seen",
    Sign.SILENT: "No contact",
    Sign.UNDECIDED: "No decision in supervision",
    Sign.ACTIONS: "Actions overdue",
    Sign.UNCHANGED: "No change over reviews",
    Sign.LONG: "Open longer than expected",
}
DRIFT = (Sign.PROTECTION, Sign.UNSEEN, Sign.UNDECIDED, Sign.UNCHANGED, Sign.LONG)
"""What puts a family on the drift list. The others are talked over, and stand on My day of whoever they are for."""

Marks = Mapping[str, int]


@dataclass(frozen=True)
class Limits:
    """How long is too long, as the settings of a day have it."""

    contact_every: int
    child_seen_every: int
    decided_every: int = DECIDED_EVERY.default
    expected_weeks: int = EXPECTED_WEEKS.default
    unchanged_reviews: int = UNCHANGED_REVIEWS.default


@dataclass(frozen=True)
class Known:
    """What is known of the work with one family.

    ``began``: since when the service works with it. ``children``: by name, the day each was last seen. ``readings``:
    the marks of the last readings with one tool, the newest first. ``late``: actions of the plan or of supervision
    whose day is over.
    """

    began: date
    contact: date | None = None
    children: Sequence[tuple[str, date | None]] = ()
    readings: Sequence[Marks] = ()
    decided: date | None = None
    late: int = 0
    protected: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Found:
    """One sign of one family, and how far beyond the limit it is, in days."""

    sign: Sign
    words: str
    over: int = 0

    @property
    def kind(self) -> Kind:
        return self.sign.kind


def signs_of(known: Known, limits: Limits, *, on: date) -> list[Found]:
    """Return every sign, the most pressing first."""
    waited = (on - known.began).days
    found = [
        *protection(known.protected),
        *unseen(known.children, limits.child_seen_every, waited=waited, on=on),
        *silent(known.contact, limits.contact_every, waited=waited, on=on),
        *undecided(known.decided, limits.decided_every, waited=waited, on=on),
        *late_actions(known.late),
        *unchanged(known.readings, limits.unchanged_reviews),
        *long_open(waited, limits.expected_weeks),
    ]
    return sorted(found, key=lambda one: (one.kind, -one.over))


def protection(names: Sequence[str]) -> Iterator[Found]:
    if names:
        yield Found(Sign.PROTECTION, f"{listed(names)} on a child protection plan while the case is open")


def unseen(children: Iterable[tuple[str, date | None]], every: int, *, waited: int, on: date) -> Iterator[Found]:
    """Name together the children who were last seen on one day."""
    together: dict[date | None, list[str]] = {}
    for name, day in children:
        if is_overdue(days_since(day, today=on), every=every, waited=waited):
            together.setdefault(day, []).append(name)
    for day, names in together.items():
        days = days_since(day, today=on)
        words = f"{listed(names)} never seen" if days is None else f"{listed(names)} not seen for {days} days"
        yield Found(Sign.UNSEEN, words, (waited if days is None else days) - every)


def silent(contact: date | None, every: int, *, waited: int, on: date) -> Iterator[Found]:
    days = days_since(contact, today=on)
    if is_overdue(days, every=every, waited=waited):
        words = "No contact yet" if days is None else f"No contact for {days} days"
        yield Found(Sign.SILENT, words, (waited if days is None else days) - every)


def undecided(decided: date | None, every: int, *, waited: int, on: date) -> Iterator[Found]:
    days = days_since(decided, today=on)
    if is_overdue(days, every=every, waited=waited):
        words = "Never decided on in supervision" if days is None else f"Last decided on {days} days ago"
        yield Found(Sign.UNDECIDED, words, (waited if days is None else days) - every)


def late_actions(late: int) -> Iterator[Found]:
    if late:
        yield Found(Sign.ACTIONS, f"{late} action{'' if late == 1 else 's'} overdue")


def unchanged(readings: Sequence[Marks], reviews: int) -> Iterator[Found]:
    """No area is better than so many readings ago. An area that was not talked about then says nothing."""
    if len(readings) <= reviews:
        return
    latest, before = readings[0], readings[reviews]
    both = latest.keys() & before.keys()
    if both and not any(latest[area] > before[area] for area in both):
        over = "the last review" if reviews == 1 else f"the last {reviews} reviews"
        yield Found(Sign.UNCHANGED, f"No area of the star better over {over}")


def long_open(days: int, weeks: int) -> Iterator[Found]:
    if days > weeks * 7:
        yield Found(Sign.LONG, f"Open for {days // 7} weeks, {weeks} expected", days - weeks * 7)


def pressing(found: Sequence[Found]) -> tuple[int, int, int, int]:
    """Sort families: what is risky before what is overdue before what is stuck, each by how much and how far over."""
    counted = [sum(one.kind is kind for one in found) for kind in Kind]
    return (-counted[0], -counted[1], -counted[2], -max((one.over for one in found), default=0))


def drifts(found: Iterable[Found]) -> list[Found]:
    return [one for one in found if one.sign in DRIFT]


def listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
