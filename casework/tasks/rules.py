"""What a task is, what may become of it and who may say so."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from slf.web.errors import Conflict, DomainError
from slf.web.words import day_in_words

LONGEST_WHAT, LONGEST_WORDS = 300, 2000
FURTHEST = timedelta(days=2 * 366)


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


STATE_NAMES: Mapping[State, str] = {State.OPEN: "To do", State.DONE: "Done", State.DROPPED: "Dropped"}
TONES: Mapping[State, str] = {State.OPEN: "new", State.DONE: "good", State.DROPPED: "neutral"}


class Step(StrEnum):
    """What is done to an open task."""

    DONE = "done"
    HANDED_ON = "handed_on"
    PUT_OFF = "put_off"
    DROPPED = "dropped"


STEP_NAMES: Mapping[Step, str] = {
    Step.DONE: "Done",
    Step.HANDED_ON: "Handed on",
    Step.PUT_OFF: "Put off",
    Step.DROPPED: "Dropped",
}
TRANSITIONS: Mapping[Step, State] = {
    Step.DONE: State.DONE,
    Step.HANDED_ON: State.OPEN,
    Step.PUT_OFF: State.OPEN,
    Step.DROPPED: State.DROPPED,
}
"""What each step leaves of an open task. Nothing is done to one that is settled."""


class WrongTask(DomainError):
    """An answer about a task that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


WHAT = "Say what is to be done."
DUE_EARLIER = "A task is due today or later."
DUE_TOO_LATE = "A task is due within two years."
DUE_THE_SAME = "It is due on that day already. Choose a later day."
HAS_IT = "{who} has this task already."
OUT_OF_SIGHT = "Choose a colleague who sees this family."
SAY: Mapping[Step, str] = {
    Step.DONE: "Say in a word how it went.",
    Step.HANDED_ON: "Say why it is handed on.",
    Step.PUT_OFF: "Say why it is put off.",
    Step.DROPPED: "Say why it is not done any more.",
}
NOT_YOURS = "Whoever works with the family or stands above that work sets its tasks."
NOT_YOURS_TO_CHANGE = "Whose task it is, who set it and whoever stands above the work say what becomes of it."
SETTLED = "This task is settled: {state} by {who} on {day}."


def check_set(what: str, due_on: date, *, on: date) -> None:
    if not what.strip():
        raise WrongTask(WHAT, field="what")
    if due_on < on:
        raise WrongTask(DUE_EARLIER, field="due_on")
    if due_on > on + FURTHEST:
        raise WrongTask(DUE_TOO_LATE, field="due_on")


def check_words(step: Step, words: str) -> None:
    if not words.strip():
        raise WrongTask(SAY[step], field="words")


def check_later(due_on: date, *, before: date, on: date) -> None:
    """Refuse to put a task off to an earlier day, or to the same."""
    check_set("x", due_on, on=on)
    if due_on <= before:
        raise WrongTask(DUE_THE_SAME, field="due_on")


def next_state(state: str, step: Step, *, who: object = "", day: date | None = None) -> State:
    """Return what a step makes of a task, or say who settled it."""
    if state != State.OPEN:
        said = {"state": STATE_NAMES[State(state)].lower(), "who": who, "day": day_in_words(day) if day else ""}
        raise Conflict(SETTLED.format(**said))
    return TRANSITIONS[step]
