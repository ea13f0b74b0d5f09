"""When somebody who is out alone is late, when that is an alarm, which word calls for help, who is called next."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from slf.policy.rules import Number, Setting, Telephone
from slf.web.errors import DomainError

WHERE = "Lone working"
GRACE: Setting[int] = Setting(
    "alone_grace", "For how long after the time somebody wanted to be back the alarm waits", WHERE,
    Number("minutes", 0, 60), 15,
)  # fmt: skip
ESCALATE: Setting[int] = Setting(
    "alone_deputy", "After how long without an answer the deputy is called", WHERE, Number("minutes", 1, 60), 10
)
KEPT: Setting[int] = Setting(
    "alone_kept", "For how long it is kept that somebody was out alone", WHERE, Number("days", 1, 90), 7,
    help="Then the row is deleted. It stands in no report and no figure.",
)  # fmt: skip
RING: Setting[str] = Setting(
    "alone_ring", "The number to ring when the alarm does not run", WHERE, Telephone(), "0116 496 0199",
    help="Also for whoever cannot reach the service when they are back.",
)  # fmt: skip
SETTINGS = (GRACE, ESCALATE, KEPT, RING)

LOOKS_EVERY = timedelta(seconds=20)
STOPPED_AFTER = timedelta(minutes=2)
"""The clock looks every 20 seconds; silent for two minutes, it counts as stopped, and others look in its place."""
LONGEST_OUT = timedelta(hours=12)
LONGEST_PLACE, LONGEST_PHONE, LONGEST_OUTCOME = 300, 30, 1000
MOST_WORDS = 12
SHORTEST_WORD, LONGEST_WORD = 3, 30


class Because(StrEnum):
    """Why the alarm was raised."""

    OVERDUE = "overdue"
    HELP = "help"
    DURESS = "duress"


BECAUSE_NAMES: Mapping[Because, str] = {
    Because.OVERDUE: "Not back in time",
    Because.HELP: "Asked for help",
    Because.DURESS: "Used the word for duress",
}
WHAT_TO_DO: Mapping[Because, str] = {
    Because.OVERDUE: "Ring them. If they do not answer, ring 999 and give the place.",
    Because.HELP: "Ring 999 and give the place, then ring them.",
    Because.DURESS: "Ring 999 and give the place. Do not ring them: somebody may be listening who must not know.",
}


class Rank(StrEnum):
    FIRST = "first"
    DEPUTY = "deputy"


RANK_NAMES: Mapping[Rank, str] = {Rank.FIRST: "Answers first", Rank.DEPUTY: "Deputy"}


class WrongOuting(DomainError):
    """What cannot be armed, or a turn of duty that cannot be; ``field`` is the answer it is about."""

    status = 422
    title = "This cannot be done like that"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Going:
    """Where somebody goes, how to reach them, and when they want to be back."""

    place: str
    phone: str
    due_at: datetime
    reference: str = ""


def check_going(going: Going, *, now: datetime) -> None:
    if not going.place.strip():
        raise WrongOuting("Say where you go, so that somebody can be sent there.", field="place")
    if not re.fullmatch(r"\+?[\d ]{6,}", going.phone.strip()):
        raise WrongOuting("Give the number of the telephone you have with you.", field="phone")
    check_back(going.due_at, now=now)


def check_back(due_at: datetime, *, now: datetime) -> None:
    if due_at <= now:
        raise WrongOuting("Give a time that is still to come.", field="back_at")
    if due_at > now + LONGEST_OUT:
        raise WrongOuting("Arm it for at most twelve hours.", field="back_at")


def check_turn(starts: datetime, ends: datetime, *, now: datetime) -> None:
    if ends <= starts:
        raise WrongOuting("The end is after the beginning.", field="ends")
    if ends <= now:
        raise WrongOuting("This turn would be over already.", field="ends")
    if ends > starts + timedelta(days=31):
        raise WrongOuting("A turn is at most 31 days.", field="ends")


def next_moment(now: datetime, hour: int, minute: int) -> datetime:
    """Return the next time the clock shows this: today, or after midnight."""
    day = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return day if day > now else day + timedelta(days=1)


# The word for duress ------------------------------------------------------------------------------------------------


def words_of(message: str) -> list[str]:
    """Return the words of a message, as they are compared: small, without what stands around them."""
    return re.findall(r"[^\W_]+", message.casefold())[:MOST_WORDS]


def check_word(word: str) -> str:
    """Return the one word that somebody chose."""
    found = words_of(word)
    if len(found) != 1 or not SHORTEST_WORD <= len(found[0]) <= LONGEST_WORD:
        raise WrongOuting(f"Choose one word of {SHORTEST_WORD} to {LONGEST_WORD} letters.", field="word")
    return found[0]


def digest_of(word: str, salt: bytes) -> bytes:
    """Return what is kept of a word: slow to guess from, even by somebody who has read the table."""
    return hashlib.scrypt(word.encode(), salt=salt, n=4096, r=8, p=1, dklen=32)


def is_among(message: str, *, salt: bytes, digest: bytes) -> bool:
    """Tell whether a message has the word in it. Every word is asked, so that it takes as long either way."""
    found = [hmac.compare_digest(digest_of(word, salt), digest) for word in words_of(message)]
    return any(found)


# The clock ----------------------------------------------------------------------------------------------------------


def has_stopped(looked_at: datetime | None, *, now: datetime) -> bool:
    return looked_at is None or now - looked_at > STOPPED_AFTER


def is_late(due_at: datetime, *, now: datetime) -> bool:
    return due_at <= now


def alarm_at(due_at: datetime, grace: int) -> datetime:
    return due_at + timedelta(minutes=grace)
