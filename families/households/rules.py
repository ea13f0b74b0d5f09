"""What may be said of somebody's time in a family, and the words it is said in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words

ONE_DAY = timedelta(days=1)
LONGEST_EXPECTED = timedelta(days=300)
"""No baby is expected later than this from the day it is written down."""


class Did(StrEnum):
    """What was done to who is in a family."""

    JOINED = "joined"
    LEFT = "left"
    PART = "part"
    SPLIT = "split"
    BEGAN = "began"
    EXPECTED = "expected"
    BORN = "born"
    CORRECTED = "corrected"


DID_NAMES: Mapping[Did, str] = {
    Did.JOINED: "Came to the family",
    Did.LEFT: "Left the family",
    Did.PART: "Has another part in the family",
    Did.SPLIT: "Left for a household of their own",
    Did.BEGAN: "The family began, with people of another one",
    Did.EXPECTED: "A baby is expected",
    Did.BORN: "Was born",
    Did.CORRECTED: "Dates were corrected",
}

ADOPTED, NOT_BORN, DIED = "adopted", "not_born", "died"
REASONS: Mapping[str, str] = {
    "own_home": "Found a home of their own",
    "separated": "The couple separated",
    "other_parent": "Went to live with the other parent",
    "relatives": "Went to live with relatives",
    "safety": "Left to be safe",
    ADOPTED: "Was adopted",
    "custody": "Went to prison or custody",
    DIED: "Died",
    "other": "Another reason",
    "not_known": "Not known",
}
NO_BIRTH: Mapping[str, str] = {NOT_BORN: "The pregnancy ended without a birth"}
LEAVING_REASONS = {**REASONS, **NO_BIRTH}

WHERE: Mapping[str, str] = {
    "near": "In the same part of the county",
    "county": "Elsewhere in Leicestershire or Leicester",
    "country": "Elsewhere in the United Kingdom",
    "abroad": "Abroad",
    "nowhere": "Nowhere: they have died, or were not born",
    "not_said": "Not to be written here",
    "not_known": "Not known",
}
"""Where somebody went, in general terms: an address has no place in the record of those they left."""


@dataclass(frozen=True)
class Stay:
    """One time in one family: from ``starts``, up to but without ``ends``; none while it goes on."""

    starts: date
    ends: date | None
    part: str

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    def overlaps(self, starts: date, ends: date | None) -> bool:
        return (ends is None or self.starts < ends) and (self.ends is None or starts < self.ends)


def stay_on(stays: Iterable[Stay], day: date) -> Stay | None:
    """Return the time that a day falls into: never more than one."""
    return next((stay for stay in stays if stay.covers(day)), None)


def check_day(day: date, *, today: date) -> None:
    if day > today:
        raise NotAllowed(f"{day_in_words(day)} is still to come. Write down what has happened.")


def check_coming(name: str, stays: Iterable[Stay], *, day: date) -> None:
    """Refuse a second time that would run into one that is there."""
    for stay in sorted(stays, key=lambda one: one.starts):
        if stay.covers(day):
            raise Conflict(f"{name} is in the family already, since {day_in_words(stay.starts)}.")
        if stay.overlaps(day, None):
            raise Conflict(
                f"{name} came to the family on {day_in_words(stay.starts)}. If that was earlier, correct it."
            )


def check_going(name: str, stay: Stay, *, day: date) -> None:
    """Refuse an end before the beginning, and another end than the one that is written down."""
    if stay.ends is not None:
        raise Conflict(f"{name} left on {day_in_words(stay.ends)} already. If that is wrong, correct it.")
    if day <= stay.starts:
        raise NotAllowed(
            f"{name} came to the family on {day_in_words(stay.starts)}. A later day is needed, or that one corrected."
        )


def check_corrected(name: str, starts: date, ends: date | None, others: Iterable[Stay], *, today: date) -> None:
    """Refuse dates that are no time at all, still to come, or in another time of the same person."""
    if ends is not None and ends <= starts:
        raise NotAllowed("The last day must be after the first.")
    check_day(max(starts, ends or starts), today=today)
    if clash := next((stay for stay in others if stay.overlaps(starts, ends)), None):
        raise Conflict(f"{name} was in the family from {day_in_words(clash.starts)} too. Correct that time first.")


def check_expected(day: date, *, today: date) -> None:
    if not today - timedelta(days=60) <= day <= today + LONGEST_EXPECTED:
        raise NotAllowed("The day must be within the next ten months, or the last two.")


def check_split(going: Iterable[str], staying: Iterable[str]) -> None:
    """``going`` and ``staying`` are the parts of those who live there: both households need somebody grown up."""
    if not set(going) & {"parent", "adult"}:
        raise NotAllowed("At least one adult who lives there goes along: children alone are no household.")
    if not set(staying):
        raise NotAllowed("Somebody stays. When all of them moved, it is the same family at another address.")
