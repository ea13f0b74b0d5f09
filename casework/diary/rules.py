"""What a planned visit is, what may become of it, when the others of a series are, and which hours are the office's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from slf.policy.rules import Number, ReasonList, Reasons, Setting
from slf.web.errors import Conflict, DomainError, NotAllowed
from slf.web.words import day_in_words

WHERE = "Visits"
CANCELLED_BECAUSE: Mapping[str, str] = {
    "family": "The family asked",
    "unwell": "Somebody of the family is ill or away",
    "worker": "The worker is ill or away",
    "unsafe": "It was not safe to go",
    "not_needed": "It is not needed any more",
    "other": "Another reason",
}
NO_ACCESS_BECAUSE: Mapping[str, str] = {
    "nobody_in": "Nobody answered the door",
    "not_let_in": "Somebody was in and did not let me in",
    "not_there": "They did not come to where we had agreed to meet",
    "unsafe": "It was not safe to go in",
    "other": "Another reason",
}


def reasons(named: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"code": code, "label": label, "retired": False} for code, label in named.items()]


CANCELLED: Setting[Reasons] = Setting(
    "visit_cancelled", "Why a planned visit is cancelled", WHERE, ReasonList(), reasons(CANCELLED_BECAUSE)
)
NO_ACCESS: Setting[Reasons] = Setting(
    "visit_no_access", "Why a visit came to nothing at the door", WHERE, ReasonList(), reasons(NO_ACCESS_BECAUSE)
)
OFFICE_OPENS: Setting[int] = Setting(
    "office_opens", "From when on a visit is within office hours", WHERE, Number("o'clock", 0, 12), 8,
    help="Earlier, and on a weekend or bank holiday, a visit is marked as outside office hours.",
)  # fmt: skip
OFFICE_CLOSES: Setting[int] = Setting(
    "office_closes", "Until when a visit is within office hours", WHERE, Number("o'clock", 12, 24), 18
)
SETTINGS = (CANCELLED, NO_ACCESS, OFFICE_OPENS, OFFICE_CLOSES)
CASE_CLOSED = "case_closed"
"""The one reason that nobody chooses: the case was closed. It is no code of the setting."""


class Kind(StrEnum):
    """How a family is met or spoken to."""

    HOME = "home"
    COMMUNITY = "community"
    SCHOOL = "school"
    PHONE = "phone"
    MESSAGE = "message"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.HOME: "Home visit",
    Kind.COMMUNITY: "Somewhere else",
    Kind.SCHOOL: "At school",
    Kind.PHONE: "Telephone call",
    Kind.MESSAGE: "Message",
}


class State(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    NO_ACCESS = "no_access"
    CANCELLED = "cancelled"


STATE_NAMES: Mapping[State, str] = {
    State.PLANNED: "Planned",
    State.DONE: "Done",
    State.NO_ACCESS: "No access",
    State.CANCELLED: "Cancelled",
}
TONES: Mapping[State, str] = {
    State.PLANNED: "new",
    State.DONE: "good",
    State.NO_ACCESS: "attention",
    State.CANCELLED: "neutral",
}
LONGEST_ABOUT, LONGEST_SAID = 200, 2000
LONGEST_SERIES = 26
FURTHEST = timedelta(days=366)
HALF_HOUR, LONGEST_MINUTES = 30, 480


class Every(StrEnum):
    """How often a visit comes again."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


EVERY_NAMES: Mapping[Every, str] = {
    Every.WEEK: "Every week",
    Every.FORTNIGHT: "Every two weeks",
    Every.MONTH: "Every four weeks",
}
STEPS: Mapping[Every, timedelta] = {
    Every.WEEK: timedelta(weeks=1),
    Every.FORTNIGHT: timedelta(weeks=2),
    Every.MONTH: timedelta(weeks=4),
}


class WrongPlan(DomainError):
    """A visit that cannot be planned like this; ``field`` is the answer it is about."""

    status = 422
    title = "This visit cannot be planned like that"

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Planned:
    """When and how a visit is to be. ``about``: what it is for, if that has to be said."""

    kind: str
    due_on: date
    due_at: time | None = None
    minutes: int = 60
    about: str = ""


def check_planned(plan: Planned, *, today: date) -> None:
    """Refuse a day that is over or too far away, and a length that is none."""
    if plan.due_on < today:
        raise WrongPlan("A visit is planned for today or later. One that has been is recorded.", field="due_on")
    if plan.due_on > today + FURTHEST:
        raise WrongPlan("Plan a visit at most a year ahead.", field="due_on")
    if plan.kind not in KIND_NAMES:
        raise WrongPlan("Choose how you meet.", field="kind")
    if not 0 < plan.minutes <= LONGEST_MINUTES:
        raise WrongPlan(f"A visit takes at most {LONGEST_MINUTES // 60} hours.", field="minutes")


def days_of_series(first: date, every: str | None, until: date | None) -> list[date]:
    """Return the days of a series, the first included; one day where it does not come again."""
    if not every:
        return [first]
    if until is None:
        raise WrongPlan("Say until when the visit comes again.", field="until")
    if until <= first:
        raise WrongPlan("The last day is after the first visit.", field="until")
    step = STEPS[Every(every)]
    found = [first + step * n for n in range((until - first) // step + 1)]
    if len(found) > LONGEST_SERIES:
        raise WrongPlan(f"A series has at most {LONGEST_SERIES} visits. Give an earlier last day.", field="until")
    return found


def check_open(state: str, *, who: object, day: date | None) -> None:
    """Refuse what is only done to a visit that is still planned."""
    if state != State.PLANNED:
        was = f" by {who} on {day_in_words(day)}" if day else ""
        raise Conflict(
            f"This visit is not planned any more: it was noted as “{STATE_NAMES[State(state)].lower()}”{was}."
        )


def check_begun(due_on: date, *, today: date) -> None:
    if due_on > today:
        raise NotAllowed("This visit is planned for a later day. If it is not to be, cancel it.")


def check_reason(code: str, said: str, *, among: Reasons) -> None:
    if code not in dict(among.choices):
        raise NotAllowed("Choose one of the reasons.")
    if code == "other" and not said.strip():
        raise NotAllowed("Say what the reason was.")


def outside_hours(day: date, at: time | None, *, opens: int, closes: int, is_working_day: bool) -> bool:
    """Tell whether a moment is outside office hours. Without a time only the day can tell."""
    if not is_working_day:
        return True
    return at is not None and not opens <= at.hour + at.minute / 60 < closes
