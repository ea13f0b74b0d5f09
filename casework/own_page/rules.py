"""The own page of one person: when it may be asked for, what ends it, and what may be said on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from families.contact.rules import Channel
from families.people.rules import ADULT, age_on
from slf.policy.rules import Number, Setting
from slf.web.errors import DomainError, NotAllowed

WHERE = "The family's own page"
DAYS: Setting[int] = Setting(
    "own_page_days", "How long somebody's own page of the plan can be opened", WHERE, Number("days", 1, 90), 30,
    help="Counted from the day the link is handed over.",
)  # fmt: skip
TRIES: Setting[int] = Setting(
    "own_page_tries", "After how many wrong PINs an own page is locked", WHERE, Number("tries", 3, 10), 5,
    help="One after another. Its worker is told, and can hand over a new link.",
)  # fmt: skip
AWAKE: Setting[int] = Setting(
    "own_page_awake", "After how long an own page asks for the PIN again", WHERE, Number("minutes", 2, 60), 15,
    help="Counted from when it was last used.",
)  # fmt: skip
YOUNGEST: Setting[int] = Setting(
    "own_page_youngest", "From what age a child may have an own page", WHERE, Number("years", 10, 17), 13,
    help="The child must also understand what it is and want it.",
)  # fmt: skip
SETTINGS = (DAYS, TRIES, AWAKE, YOUNGEST)

ACCOUNT, ACCOUNT_NAME = "own.page", "The person, on their own page"
"""The account that stands in the view log for whoever opened their own page. It holds no post."""

LONGEST, LONGEST_SAID, LONGEST_TIMES = 500, 500, 200
AS_THE_RULES = "As their rules of safe contact say"
"""Where the rules are too long to be said again."""
MOST_SAID_A_DAY = 40
PIN_FIGURES = 6


class State(StrEnum):
    UNSAFE = "unsafe"
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    OPEN = "open"
    ENDED = "ended"


STATE_NAMES: Mapping[State, str] = {
    State.UNSAFE: "Not safe: not asked for",
    State.WAITING: "Waits for a senior",
    State.SENT_BACK: "Sent back",
    State.OPEN: "Released",
    State.ENDED: "Ended",
}
LIVING = frozenset({State.WAITING, State.OPEN})
"""Of one person there is at most one of these."""


class Act(StrEnum):
    RELEASE = "release"
    SEND_BACK = "send_back"
    HAND_OVER = "hand_over"
    END = "end"


TRANSITIONS: Mapping[Act, tuple[frozenset[State], State]] = {
    Act.RELEASE: (frozenset({State.WAITING}), State.OPEN),
    Act.SEND_BACK: (frozenset({State.WAITING}), State.SENT_BACK),
    Act.HAND_OVER: (frozenset({State.OPEN}), State.OPEN),
    Act.END: (LIVING, State.ENDED),
}


def next_state(state: str, act: Act) -> State | None:
    """Return the state after an act; nothing when it is too late for it."""
    before, after = TRANSITIONS[act]
    return after if state in before else None


class Because(StrEnum):
    """Why a page ended: by somebody, or by itself with what it hung on."""

    REVOKED = "revoked"
    CLOSED = "closed"
    PLAN = "plan"
    WITHDREW = "withdrew"
    RESTRICTED = "restricted"
    MERGED = "merged"
    MOVED = "moved"
    LEFT = "left"
    OVER = "over"


BECAUSE_NAMES: Mapping[Because, str] = {
    Because.REVOKED: "Taken away",
    Because.CLOSED: "The case of the family was closed",
    Because.PLAN: "Another version of the plan took the place of this one",
    Because.WITHDREW: "Somebody took back what they had agreed to",
    Because.RESTRICTED: "The family was restricted to named people",
    Because.MERGED: "The family was made one with another",
    Because.MOVED: "The family went to another locality",
    Because.LEFT: "They left the household, or their part in it changed",
    Because.OVER: "Its days are over",
}


class Device(StrEnum):
    OWN = "own"
    SHARED = "shared"
    NONE = "none"
    WATCHED = "watched"


DEVICE_NAMES: Mapping[Device, str] = {
    Device.OWN: "Nobody else: it is theirs alone",
    Device.SHARED: "Somebody else uses it too, and that is safe",
    Device.NONE: "They have none, or want it on paper alone",
    Device.WATCHED: "Somebody looks at it, or can make them show it",
}

# The screen. Who answers must be alone with the worker, and three answers stop it.

NOT_ALONE = "Ask {who} alone first, where nobody of the household hears it. Until then there is no page."
WATCHED = "Somebody looks at the telephone. A page there is not safe: bring the plan on paper, or read it together."
HARM = "Somebody could harm {who} for it. There is no page: speak with your senior about what is safe."
NOT_UNDERSTOOD = "A child who does not understand what the page is, or does not want it, has none."


@dataclass(frozen=True)
class Screen:
    """What was asked about safety before a page was asked for."""

    asked_alone: bool
    device: str
    could_be_harmed: bool
    understands: bool | None = None
    safe_times: str = ""
    not_shown: str = ""

    def stops(self, *, who: str) -> str:
        """Return why there must be no page; nothing when it may be asked for."""
        if not self.asked_alone:
            return NOT_ALONE.format(who=who)
        if self.could_be_harmed:
            return HARM.format(who=who)
        if self.device == Device.WATCHED:
            return WATCHED
        return NOT_UNDERSTOOD if self.understands is False else ""


class WrongAsking(DomainError):
    """Something that is not to be asked in this way; ``field`` says of what."""

    status = 422
    title = "This cannot be asked for like that"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


NO_PLAN = "There is no plan that the family has agreed to. Agree on one first: the page shows nothing else."
NOT_THERE = "Only somebody who lives in the household today can have a page."
TOO_YOUNG = "A child has a page from {years} years on."
SAY_UNDERSTANDS = "Say whether the child understands what the page is and wants it."
NOTHING_LEFT = "Everything would be left out. Leave at least one goal that may be shown."
NOT_OF_PLAN = "Only goals and actions of this plan can be left out."
ONE_THERE = "{who} has a page already, or one waits for a senior."
OWN_ASKING = "Somebody else must release what you asked for."
SHOWS_MORE = "What whoever asked wanted left out stays out: {what}."
TOO_LATE = "{who} was first: this is {state} now."
ON_PAPER = "They are to have it on paper alone: print it, and give it to them when they are alone."
SAME_WAY = "The PIN must reach them in another way than the link."
NOT_SAFE_NOW = "By the rules of safe contact this way is not safe now. {why}."
NEEDS_ANSWER = "Say why it is sent back."


def may_have(part: str, born_on: date | None, *, youngest: int, on: date, lives_there: frozenset[str]) -> str:
    """Return why somebody of a household may not have a page; nothing when they may."""
    if part not in lives_there:
        return NOT_THERE
    if part == "child" and (born_on is None or age_on(born_on, on) < youngest):
        return TOO_YOUNG.format(years=youngest)
    return ""


def is_child(part: str, born_on: date | None, *, on: date) -> bool:
    return part == "child" and (born_on is None or age_on(born_on, on) < ADULT)


class Way(StrEnum):
    """How the link, or the PIN, reaches somebody."""

    SHOWN = "shown"
    PAPER = "paper"
    TEXT = "text"
    SAID = "said"
    CALL = "call"


LINK_WAYS: Mapping[Way, str] = {
    Way.SHOWN: "They type it in, or take a picture of it, while I am with them",
    Way.TEXT: "I send it by text message to the number that is safe",
    Way.PAPER: "I give it to them on paper",
}
PIN_WAYS: Mapping[Way, str] = {
    Way.SAID: "I tell it to them when we are alone",
    Way.CALL: "I ring the number that is safe",
}
WAY_NAMES: Mapping[Way, str] = {
    Way.SHOWN: "shown when together", Way.TEXT: "by text message", Way.PAPER: "on paper", Way.SAID: "told in person",
    Way.CALL: "told on the telephone",
}  # fmt: skip
ASKS_CONTACT: Mapping[Way, Channel] = {Way.TEXT: Channel.TEXT, Way.CALL: Channel.CALL}
"""What the rules of safe contact are asked about before it is used."""


def last_day(handed_on: date, *, days: int) -> date:
    """Return the first day on which a page opens no more."""
    return handed_on + timedelta(days=days)


# What is said on it


class Progress(StrEnum):
    DONE = "done"
    NOT_YET = "not_yet"
    HELP = "help"


PROGRESS_NAMES: Mapping[Progress, str] = {
    Progress.DONE: "I have done it",
    Progress.NOT_YET: "Not yet",
    Progress.HELP: "I need help with it",
}
SAID_OF: Mapping[Progress, str] = {
    Progress.DONE: "says it is done",
    Progress.NOT_YET: "says not yet",
    Progress.HELP: "asks for help",
}
MARKS: Mapping[int, str] = {
    5: "Very well",
    4: "Quite well",
    3: "So-so",
    2: "Not so well",
    1: "Very badly",
}
SAID_ON_IT = "Said by {who} on their own page"


def check_answer(answer: str) -> str:
    if not answer.strip():
        raise WrongAsking(NEEDS_ANSWER, field="answer")
    return answer.strip()


def check_ways(link_by: str, pin_by: str) -> None:
    """Refuse a PIN that comes with the link."""
    if link_by not in LINK_WAYS or pin_by not in PIN_WAYS:
        raise NotAllowed(SAME_WAY)
