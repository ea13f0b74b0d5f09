"""Closing a case: who asks and why, what has to be said, from which day on, and what becomes of a closing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from slf.policy.rules import Number, ReasonList, Reasons, Setting
from slf.web.errors import DomainError, NotAllowed
from slf.web.words import day_in_words

WHERE = "Closing a case"
CLOSED_BECAUSE: Mapping[str, str] = {
    "reached": "The family reached what it wanted",
    "stepped_down": "Another service goes on, with less help",
    "stepped_up": "Children's social care took over",
    "stopped": "The family did not want to go on",
    "no_contact": "The family could not be reached",
    "moved": "The family moved out of Leicestershire",
    "twice": "The family is worked with under another reference",
    "other": "Another reason",
}
REASONS: Setting[Reasons] = Setting(
    "closing_reasons", "Why a case is closed", WHERE, ReasonList(),
    [{"code": code, "label": label, "retired": False} for code, label in CLOSED_BECAUSE.items()],
    help="Chosen by whoever closes a case, or proposes to.",
)  # fmt: skip
TAKE_BACK_WITHIN: Setting[int] = Setting(
    "closing_undo", "For how long a closing can be taken back", WHERE, Number("days", 1, 90), 14,
    help="Counted from the day it was decided. After that a new case begins with a new referral.",
)  # fmt: skip


def check_after(key: str, which: str, months: int) -> Setting[int]:
    return Setting(
        key, f"After how many months it is asked how a closed family is, the {which} time", WHERE,
        Number("months", 0, 60), months, help="0: not asked then. Counted from the first day without the case.",
    )  # fmt: skip


CHECKS_AFTER = (
    check_after("sustain_first", "first", 3),
    check_after("sustain_second", "second", 6),
    check_after("sustain_third", "third", 12),
)
SETTINGS = (REASONS, TAKE_BACK_WITHIN, *CHECKS_AFTER)
LONGEST = 2000


class Asked(StrEnum):
    """Who asked for the case to be closed."""

    FAMILY = "family"
    WORKER = "worker"
    SENIOR = "senior"
    SERVICE = "service"


ASKED_NAMES: Mapping[Asked, str] = {
    Asked.FAMILY: "The family",
    Asked.WORKER: "Its worker",
    Asked.SENIOR: "Whoever supervises the work",
    Asked.SERVICE: "Another service",
}


class State(StrEnum):
    PROPOSED = "proposed"
    CLOSED = "closed"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


STATE_NAMES: Mapping[State, str] = {
    State.PROPOSED: "Waits for a senior",
    State.CLOSED: "Closed",
    State.SENT_BACK: "Sent back",
    State.WITHDRAWN: "Withdrawn",
    State.TAKEN_BACK: "Taken back",
}


class Outcome(StrEnum):
    """What became of one need, as it is said when the case is closed."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_WANTED = "not_wanted"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.MET: "Met",
    Outcome.PARTLY: "Partly met",
    Outcome.NOT_MET: "Not met",
    Outcome.NOT_WANTED: "The family does not want help with it any more",
}
ENDS = frozenset({Outcome.MET, Outcome.NOT_WANTED})
"""What ends a need with the case. What is met partly or not stays open on the record."""


class Stands(StrEnum):
    """How it stands when a family is asked after its case was closed."""

    HOLDS = "holds"
    PARTLY = "partly"
    WORSE = "worse"
    UNKNOWN = "unknown"


STANDS_NAMES: Mapping[Stands, str] = {
    Stands.HOLDS: "What was reached holds",
    Stands.PARTLY: "Some of it holds",
    Stands.WORSE: "It is worse than when the case was closed",
    Stands.UNKNOWN: "It is not known",
}


class Consent(StrEnum):
    """What the family said to being asked."""

    AGREED = "agreed"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"


CONSENT_NAMES: Mapping[Consent, str] = {
    Consent.AGREED: "The family agreed to be asked",
    Consent.REFUSED: "The family did not want to be asked",
    Consent.NOT_ASKED: "The family could not be asked",
}
CHECKED_SOON = timedelta(days=14)
"""How long before its day a check stands on My day and is asked for on the page of the case."""
CHECK_DUE, CHECK_MADE, CHECK_CALLED_OFF = "due", "made", "called_off"
NOT_KNOWN = "Where the family was not asked, it is not known how it stands."
CHECKED = "{who} has made this check on {day}."
NOT_DUE_ANY_MORE = "This check is called off: the closing was taken back."
WHO_WAS_ASKED = "Say who was asked."
HOW_IT_STANDS = "Say how it stands, in a sentence."

LIVING = frozenset({State.PROPOSED, State.CLOSED})
"""Of one case there is at most one of these."""


class WrongClosing(DomainError):
    """An answer about a closing that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


FOUND_MEANWHILE = "A need was found while this was decided. Open the page again and say what became of it too."
CHANGED_HANDS = "{worker} was given this family a moment ago. Look again before you decide."
SETTLED: Mapping[State, str] = {
    State.PROPOSED: "This case is not closed yet.",
    State.CLOSED: "{who} closed this case on {day}.",
    State.SENT_BACK: "{who} sent this back on {day}.",
    State.WITHDRAWN: "{who} withdrew this on {day}.",
    State.TAKEN_BACK: "{who} took this closing back on {day}.",
}
NOT_YET = "{why} Close the case from {day} on."
NOT_A_REASON = "Choose the reason from the list."
SAY = {
    "family_says": "Write what the family says to it.",
    "reached": "Write what was reached.",
    "answer": "Write why it is sent back.",
    "taken_back_because": "Write why the closing is taken back.",
}


@dataclass(frozen=True)
class Told:
    """What is said when a case is closed, or when that is proposed. ``closes_on`` is the first day without it."""

    closes_on: date
    reason: str
    asked_by: str
    family_says: str
    reached: str
    stays: str = ""


@dataclass(frozen=True)
class Bound:
    """A day before which a case cannot be closed, and why not, in a sentence."""

    first: date
    why: str


def check_told(told: Told, *, reasons: Reasons, on: date) -> None:
    """Refuse a reason that is not on the list, a day still to come, and a closing without a word."""
    if told.reason not in dict(reasons.choices):
        raise WrongClosing(NOT_A_REASON, field="reason")
    if told.asked_by not in set(Asked):
        raise WrongClosing("Say who asked for it.", field="asked_by")
    check_words(family_says=told.family_says, reached=told.reached)
    check_day(told.closes_on, bounds=(), on=on)


def check_words(**said: str) -> None:
    for field, words in said.items():
        if not words.strip():
            raise WrongClosing(SAY[field], field=field)


def check_day(day: date, *, bounds: Iterable[Bound], on: date) -> None:
    """Refuse a day still to come, and one before the work that the record tells of was over."""
    if day > on:
        raise WrongClosing("A case is closed today or from an earlier day on.", field="closes_on")
    last = latest(bounds)
    if last is not None and day < last.first:
        if last.first > on:
            raise NotAllowed(NOT_YET.format(why=last.why, day=day_in_words(last.first)))
        raise WrongClosing(NOT_YET.format(why=last.why, day=day_in_words(last.first)), field="closes_on")


def latest(bounds: Iterable[Bound]) -> Bound | None:
    return max(bounds, key=lambda bound: bound.first, default=None)


def may_be_taken_back(decided_on: date, *, within: int, on: date) -> bool:
    return on <= decided_on + timedelta(days=within)


def not_said(needs: Mapping[int, str], said: Iterable[int]) -> list[str]:
    """Return what the needs are called of which nobody said what became of them."""
    return [name for key, name in needs.items() if key not in set(said)]


def check_days(closes_on: date, months: Iterable[int]) -> list[tuple[int, date]]:
    """Return after how many months a closed family is asked, each with its day; 0 is never, each once."""
    return [(after, months_later(closes_on, after)) for after in sorted({one for one in months if one})]


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    last = (date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(day.year + year, month + 1, min(day.day, last))


def check_said(stands: str, consent: str, *, asked: str, words: str, checked_on: date, on: date) -> None:
    """Refuse a check that says nothing, knows what nobody was asked, or is of a day to come."""
    if consent not in set(Consent):
        raise WrongClosing("Say whether the family agreed to be asked.", field="consent")
    if stands not in set(Stands):
        raise WrongClosing("Say how it stands.", field="stands")
    if consent == Consent.AGREED and not asked.strip():
        raise WrongClosing(WHO_WAS_ASKED, field="asked")
    if consent == Consent.REFUSED and stands != Stands.UNKNOWN:
        raise WrongClosing(NOT_KNOWN, field="stands")
    if not words.strip():
        raise WrongClosing(HOW_IT_STANDS, field="words")
    if checked_on > on:
        raise WrongClosing("The day must be today or earlier.", field="checked_on")
