"""What a service is asked for: how a request moves, how long it waits, why it is not met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median_low

from slf.policy.rules import ReasonList, Reasons, Setting
from slf.web.errors import Conflict, DomainError
from slf.web.words import day_in_words

WHERE = "Requests to services"
UNMET_BECAUSE: Mapping[str, str] = {
    "none_here": "There is no such service here",
    "full": "The service is full, or its list is closed",
    "threshold": "The family does not reach its threshold",
    "too_far": "It cannot be reached from where the family lives",
    "not_suitable": "It does not suit: language, disability, age, hours",
    "ended": "The service ended, or lost its money",
    "other": "Another reason",
}
ENDED_HOW: Mapping[str, str] = {
    "helped": "It helped",
    "partly": "It helped in part",
    "not_helped": "It did not help",
    "stopped": "The family stopped it",
    "other": "Ended otherwise",
}


def _coded(names: Mapping[str, str]) -> list[dict[str, object]]:
    return [{"code": code, "label": label, "retired": False} for code, label in names.items()]


WHY_UNMET: Setting[Reasons] = Setting(
    "request_unmet", "Why a request to a service is not met", WHERE, ReasonList(), _coded(UNMET_BECAUSE),
    help="Chosen by whoever writes down that it is not; commissioning counts by it.",
)  # fmt: skip
OUTCOMES: Setting[Reasons] = Setting(
    "request_outcomes", "How what a service gave a family ended", WHERE, ReasonList(), _coded(ENDED_HOW),
    help="Chosen by whoever ends a request that was met.",
)  # fmt: skip
SETTINGS = (WHY_UNMET, OUTCOMES)
LONGEST = 2000


class State(StrEnum):
    ASKED = "asked"
    OFFERED = "offered"
    STARTED = "started"
    ENDED = "ended"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Mapping[State, str] = {
    State.ASKED: "Asked for",
    State.OFFERED: "Offered",
    State.STARTED: "Started",
    State.ENDED: "Ended",
    State.DECLINED: "Declined by the service",
    State.UNAVAILABLE: "Not available here",
    State.WITHDRAWN: "Not wanted any more",
}
WAITING = frozenset({State.ASKED, State.OFFERED})
UNMET = frozenset({State.DECLINED, State.UNAVAILABLE})
OPEN = WAITING | {State.STARTED}


class Act(StrEnum):
    OFFER = "offer"
    START = "start"
    END = "end"
    DECLINE = "decline"
    MISS = "miss"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[Act, tuple[frozenset[State], State]] = {
    Act.OFFER: (frozenset({State.ASKED}), State.OFFERED),
    Act.START: (WAITING, State.STARTED),
    Act.END: (frozenset({State.STARTED}), State.ENDED),
    Act.DECLINE: (WAITING, State.DECLINED),
    Act.MISS: (WAITING, State.UNAVAILABLE),
    Act.WITHDRAW: (WAITING, State.WITHDRAWN),
}
UNMET_BY: Mapping[str, Act] = {"declined": Act.DECLINE, "unavailable": Act.MISS}


class WrongRequest(DomainError):
    """An answer about a request that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


OVER = "The case of this family is closed, so no new request is written down."
ALREADY = "This was asked for already, on {day}, and is still open."
TO_COME = "Give a day that is not still to come."
BEFORE = "The day before it in this request is {day}. Give that day or a later one."
WHICH = "Choose a service of the directory, or write what is asked for."
NOT_BOTH = "Choose a service of the directory or write another one, not both."
SAY = {"words": "Write what is asked for.", "closed_words": "Write how it went."}
MOVED = "This request is “{state}” now. Open it again to see what happened."


def next_state(state: str, act: Act) -> State:
    """Return the state after an act, or say how the request stands."""
    allowed, after = TRANSITIONS[act]
    if State(state) not in allowed:
        raise Conflict(MOVED.format(state=STATE_NAMES[State(state)].lower()))
    return after


def may(state: str, act: Act) -> bool:
    return State(state) in TRANSITIONS[act][0]


def check_day(day: date, *, field: str, after: date | None, on: date) -> None:
    if day > on:
        raise WrongRequest(TO_COME, field=field)
    if after is not None and day < after:
        raise WrongRequest(BEFORE.format(day=day_in_words(after)), field=field)


def days_waited(asked_on: date, *, started_on: date | None, closed_on: date | None, on: date) -> int:
    """Return how long it waited: until it started, until it was given up, else until today."""
    return ((started_on or closed_on or on) - asked_on).days


@dataclass(frozen=True)
class Waits:
    """Waits in days: how many, the one in the middle, the longest."""

    number: int
    middle: int | None
    longest: int | None

    @classmethod
    def of(cls, days: Iterable[int]) -> "Waits":
        found = sorted(days)
        return cls(len(found), median_low(found) if found else None, found[-1] if found else None)
