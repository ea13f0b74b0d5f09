"""What a visit says and may not say, and how long is too long without one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.diary.rules import KIND_NAMES, Kind
from casework.provenance.rules import GRADE_NAMES, Grade
from slf.policy.rules import Number, Setting
from slf.web.errors import NotAllowed

WHERE = "Visits"
CONTACT_EVERY_DAYS: Setting[int] = Setting(
    "contact_every", "After how long without a contact a visit is late", WHERE, Number("days", 1, 180), 14,
    help="No document gives this number: the county decides it here.",
)  # fmt: skip
CHILD_SEEN_EVERY_DAYS: Setting[int] = Setting(
    "child_seen_every", "After how long a child counts as not seen", WHERE, Number("days", 1, 180), 28,
    help="No document gives this number: the county decides it here.",
)  # fmt: skip
SETTINGS = (CONTACT_EVERY_DAYS, CHILD_SEEN_EVERY_DAYS)


__all__ = ["GRADE_NAMES", "KIND_NAMES", "Grade", "Kind"]

MEETS_NOBODY = frozenset({Kind.PHONE, Kind.MESSAGE})
"""Contacts on which nobody is seen, whoever spoke. PostgreSQL holds to it too (``sql.py``)."""


class How(StrEnum):
    SEEN = "seen"
    ALONE = "alone"
    NOT_SEEN = "not_seen"


class Why(StrEnum):
    AT_SCHOOL = "at_school"
    OUT = "out"
    ASLEEP = "asleep"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    OTHER = "other"


SEES = frozenset({How.SEEN, How.ALONE})
HOW_NAMES: Mapping[How, str] = {How.SEEN: "Seen", How.ALONE: "Seen alone", How.NOT_SEEN: "Not seen"}
WHY_NAMES: Mapping[Why, str] = {
    Why.AT_SCHOOL: "At school or nursery",
    Why.OUT: "Out or away",
    Why.ASLEEP: "Asleep or ill",
    Why.REFUSED: "Did not want to be seen",
    Why.NOT_ASKED: "I did not ask",
    Why.OTHER: "Another reason (say it in the note)",
}


@dataclass(frozen=True)
class Sighting:
    """What is said of one member of the household."""

    person: int
    how: How
    why: Why | None = None


def check_day(day: date, *, today: date, known_since: date) -> None:
    """Refuse a visit in the future or before the family was known."""
    if day > today:
        raise NotAllowed("A visit is recorded when it has happened. Give today or an earlier day.")
    if day < known_since:
        raise NotAllowed("The family was not yet known on that day.")


def check_next(next_visit_on: date | None, *, day: date) -> None:
    if next_visit_on and next_visit_on <= day:
        raise NotAllowed("The next visit is after this one. Give a later day.")


def check_seen(sightings: Iterable[Sighting], *, kind: str) -> None:
    """Refuse that somebody was seen on a telephone call or by a message."""
    if meets_nobody(kind) and any(sighting.how in SEES for sighting in sightings):
        raise NotAllowed("Nobody is seen on a telephone call or by message. If you met somebody, say where you met.")


def meets_nobody(kind: str) -> bool:
    return kind in MEETS_NOBODY


def check_sightings(sightings: Iterable[Sighting], *, household: Mapping[int, bool]) -> None:
    """Refuse somebody outside the household, the same person twice, and a child not seen without a reason.

    ``household`` tells of each person whether they are a child.
    """
    said: set[int] = set()
    for sighting in sightings:
        if sighting.person not in household or sighting.person in said:
            raise NotAllowed("Say once for each member of the household whether they were seen.")
        said.add(sighting.person)
        if needs_why(sighting.how, is_child=household[sighting.person]) and sighting.why is None:
            raise NotAllowed("Say why the child was not seen.")


def needs_why(how: How, *, is_child: bool) -> bool:
    return is_child and how is How.NOT_SEEN


def is_overdue(days: int | None, *, every: int, waited: int | None) -> bool:
    """Tell whether it has been too long. What never happened yet is counted from the day the work began, if it has."""
    since = waited if days is None else days
    return since is not None and since > every


def days_since(day: date | None, *, today: date) -> int | None:
    return None if day is None else (today - day).days
