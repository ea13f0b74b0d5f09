"""When a plan is due to be looked at again, and what a review says of each goal."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

from slf.policy.rules import Number, Setting
from slf.web.errors import DomainError
from slf.web.words import day_in_words

WHERE = "The family plan"
EVERY: Setting[int] = Setting(
    "plan_review_every", "How long after it was agreed a plan is due to be reviewed", WHERE,
    Number("days", 14, 365), 84,
    help="Until the first review. Each review says when the next one is.",
)  # fmt: skip
SETTINGS = (EVERY,)
LONGEST = 1000
FURTHEST = timedelta(days=366)
SOON = timedelta(days=7)


class Went(StrEnum):
    """How a goal went since the last look, as the family sees it."""

    REACHED = "reached"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


WENT_NAMES: Mapping[Went, str] = {
    Went.REACHED: "We are there",
    Went.BETTER: "Better than before",
    Went.SAME: "The same as before",
    Went.WORSE: "Worse than before",
}


class WrongReview(DomainError):
    """A review that cannot be; ``field`` says of what."""

    status = 422
    title = "This review cannot be recorded like that"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


EVERY_GOAL = "Say of every goal how it went."
ONE_THAT_DAY = "This plan was reviewed on {day} already, by {who}."
NOT_BEFORE = "The plan was agreed on {day}. A review is on that day or later."
STILL_TO_COME = "A review that is still to come cannot be recorded."
NEXT_LATER = "The next review is after this one."
NEXT_TOO_FAR = "The next review is at most a year away."
WORDS = "Write down what the family says."


def due_on(agreed_on: date, next_on: date | None, *, every: int) -> date:
    """Return when the plan is due: as the last review says, else so many days after it was agreed."""
    return next_on or agreed_on + timedelta(days=every)


def check_days(held_on: date, next_on: date, *, agreed_on: date, today: date) -> None:
    if held_on > today:
        raise WrongReview(STILL_TO_COME, field="held_on")
    if held_on < agreed_on:
        raise WrongReview(NOT_BEFORE.format(day=day_in_words(agreed_on)), field="held_on")
    if next_on <= held_on:
        raise WrongReview(NEXT_LATER, field="next_on")
    if next_on > held_on + FURTHEST:
        raise WrongReview(NEXT_TOO_FAR, field="next_on")


def check_goals(said: Collection[int], goals: Collection[int]) -> None:
    if set(said) != set(goals):
        raise WrongReview(EVERY_GOAL)
