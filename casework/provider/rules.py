"""The ESF provider's work with an adult of a family: sent, taken on or not, begun, contacts, ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from slf.policy.rules import Number, ReasonList, Reasons, Setting
from slf.web.errors import Conflict, DomainError
from slf.web.words import day_in_words

WHERE = "Work and training"
LONGEST = 2000
NOT_TAKEN_ON_BECAUSE: Mapping[str, str] = {
    "no_room": "No room at present",
    "not_meant": "The provision is not meant for them",
    "not_reached": "They could not be reached",
    "not_wanted": "They do not want it",
    "elsewhere": "Another provider works with them already",
    "other": "Another reason",
}
ENDED_BECAUSE: Mapping[str, str] = {
    "work": "They are in work",
    "training": "They are in training or education",
    "finished": "It was finished as agreed",
    "stopped": "They did not want to go on",
    "no_contact": "They could not be reached any more",
    "moved": "They moved away",
    "other": "Another reason",
}


def reasons(key: str, name: str, of: Mapping[str, str]) -> Setting[Reasons]:
    listed = [{"code": code, "label": label, "retired": False} for code, label in of.items()]
    return Setting(key, name, WHERE, ReasonList(), listed, help="Chosen by the provider's worker.")


REFUSALS = reasons("esf_refusals", "Why the ESF provider does not take somebody on", NOT_TAKEN_ON_BECAUSE)
ENDINGS = reasons("esf_endings", "Why the ESF provider's work with somebody ends", ENDED_BECAUSE)
ANSWER_WITHIN: Setting[int] = Setting(
    "esf_answer", "Within how many days the ESF provider says whether it takes somebody on", WHERE,
    Number("days", 1, 90), 10, help="After that it is marked as late on the provider's page.",
)  # fmt: skip
CONTACT_WITHIN: Setting[int] = Setting(
    "esf_contact", "Within how many days the ESF provider is in contact again", WHERE,
    Number("days", 1, 180), 28, help="Counted from the last contact, or from the day somebody was taken on.",
)  # fmt: skip
SETTINGS = (REFUSALS, ENDINGS, ANSWER_WITHIN, CONTACT_WITHIN)
NOT_SHARED_ANY_MORE = "unshared"
"""Why it ends when the county ends the share; said by no provider, so it is on no list."""


class State(StrEnum):
    SENT = "sent"
    TAKEN_ON = "taken_on"
    NOT_TAKEN_ON = "not_taken_on"
    BEGUN = "begun"
    ENDED = "ended"


STATE_NAMES: Mapping[State, str] = {
    State.SENT: "Waits for the provider",
    State.TAKEN_ON: "Taken on",
    State.NOT_TAKEN_ON: "Not taken on",
    State.BEGUN: "Begun",
    State.ENDED: "Ended",
}
LIVING = frozenset({State.SENT, State.TAKEN_ON, State.BEGUN})
"""Of one adult of a family there is at most one of these."""
WITH_THEM = frozenset({State.TAKEN_ON, State.BEGUN})
"""The provider is in contact with them."""


class Step(StrEnum):
    TAKE_ON = "take_on"
    TURN_DOWN = "turn_down"
    BEGIN = "begin"
    END = "end"
    UNSHARE = "unshare"


TRANSITIONS: Mapping[Step, tuple[frozenset[State], State]] = {
    Step.TAKE_ON: (frozenset({State.SENT}), State.TAKEN_ON),
    Step.TURN_DOWN: (frozenset({State.SENT}), State.NOT_TAKEN_ON),
    Step.BEGIN: (frozenset({State.TAKEN_ON}), State.BEGUN),
    Step.END: (WITH_THEM, State.ENDED),
    Step.UNSHARE: (LIVING, State.ENDED),
}


class ContactKind(StrEnum):
    MEETING = "meeting"
    PHONE = "phone"
    MESSAGE = "message"
    VISIT = "visit"
    MISSED = "missed"


CONTACT_NAMES: Mapping[ContactKind, str] = {
    ContactKind.MEETING: "They met",
    ContactKind.PHONE: "Telephone",
    ContactKind.MESSAGE: "Message or letter",
    ContactKind.VISIT: "At their home",
    ContactKind.MISSED: "They did not come",
}


class WrongProvision(DomainError):
    """An answer about the provider's work that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


NOT_YOURS = "Only the provider's own workers write down what the provider does."
NOT_YOURS_TO_SEND = "Only who works with the family, or decides about it, sends somebody to the provider."
NOT_YOURS_TO_SHARE = "Only a senior, a manager or a head of service says with whom a family is shared."
NAMED_ONLY = "This family is closed to named people. Say there who of the provider may see it no more."
NOT_SHARED = "This family is not shared with the ESF provider. Share it first, with its agreement."
NOT_AN_ADULT = "Choose an adult of the family."
ALREADY = "{who} was sent to the provider already, on {day}."
TO_COME = "Give a day that is not still to come."
TOO_EARLY = "That cannot have been before {day}."
NOT_A_REASON = "Choose the reason from the list."
SAY = {
    "why": "Write what it is hoped for.",
    "answer": "Write why, in a sentence.",
    "ended_words": "Write how it went.",
    "words": "Write what was done.",
}
STANDS: Mapping[State, str] = {
    State.SENT: "The provider has not said yet whether it takes them on.",
    State.TAKEN_ON: "{who} took them on, on {day}.",
    State.NOT_TAKEN_ON: "{who} did not take them on, on {day}.",
    State.BEGUN: "It began on {day}; {who} wrote it down.",
    State.ENDED: "It ended on {day}; {who} wrote it down.",
}


@dataclass(frozen=True)
class Standing:
    """What was done last to somebody's provision, by whom and on which day."""

    state: State
    who: str = ""
    day: date | None = None

    @property
    def words(self) -> str:
        return STANDS[self.state].format(who=self.who, day=day_in_words(self.day) if self.day else "")


def next_state(standing: Standing, step: Step) -> State:
    """Return where a step leads; refuse it with what was done meanwhile."""
    allowed, to = TRANSITIONS[step]
    if standing.state not in allowed:
        raise Conflict(standing.words)
    return to


def check_words(**said: str) -> None:
    for field, words in said.items():
        if not words.strip():
            raise WrongProvision(SAY[field], field=field)


def check_day(field: str, day: date, *, after: date | None, on: date) -> None:
    """Refuse a day that is still to come, and one before what it follows."""
    if day > on:
        raise WrongProvision(TO_COME, field=field)
    if after is not None and day < after:
        raise WrongProvision(TOO_EARLY.format(day=day_in_words(after)), field=field)


def check_reason(field: str, code: str, *, known: Reasons) -> None:
    if code not in dict(known.choices):
        raise WrongProvision(NOT_A_REASON, field=field)


@dataclass(frozen=True)
class Due:
    """What the provider is to do next about one person, and by when."""

    words: str
    by: date
    is_about_work: bool = False

    def is_late(self, on: date) -> bool:
        return self.by < on


def due(
    state: State, *, sent_on: date, answered_on: date | None, last_contact: date | None, answer: int, contact: int
) -> Due | None:
    """Return what is due next: an answer, or a contact. Nothing of what is over."""
    if state == State.SENT:
        return Due("Say whether you take them on", sent_on + timedelta(days=answer))
    if state in WITH_THEM and answered_on is not None:
        last = max(filter(None, (answered_on, last_contact)))
        return Due("Be in contact again" if last_contact else "Be in contact", last + timedelta(days=contact))
    return None
