"""Help given to a family: what kinds there are, how much of it was meant and delivered, and how it ended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from slf.policy.rules import ReasonList, Reasons, Setting
from slf.web.errors import DomainError
from slf.web.words import day_in_words

WHERE = "Help given"
ENDED_HOW: Mapping[str, str] = {
    "finished": "Finished as it was meant",
    "family": "The family stopped it",
    "unsuitable": "It did not suit the family",
    "not_needed": "It was not needed any more",
    "withdrawn": "It could not be offered any more",
    "other": "Ended otherwise",
}
RESULTS: Setting[Reasons] = Setting(
    "help_results", "How help to a family ends", WHERE, ReasonList(),
    [{"code": code, "label": label, "retired": False} for code, label in ENDED_HOW.items()],
    help="Chosen by whoever ends it; the figures are grouped by it.",
)  # fmt: skip
SETTINGS = (RESULTS,)
LONGEST = 2000
MOST_SESSIONS, MOST_WEEKS = 200, 104


class Kind(StrEnum):
    INTERVENTION = "intervention"
    INCENTIVE = "incentive"
    SANCTION = "sanction"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.INTERVENTION: "Intervention",
    Kind.INCENTIVE: "Incentive",
    Kind.SANCTION: "Sanction",
}
AGREED_IN_PLAN = frozenset({Kind.INCENTIVE, Kind.SANCTION})
"""What is promised or follows when something is not done is agreed with the family first, in its plan."""


class State(StrEnum):
    GOING = "going"
    ENDED = "ended"


STATE_NAMES: Mapping[State, str] = {State.GOING: "Going on", State.ENDED: "Ended"}


class Part(StrEnum):
    """What somebody of the family has to do with it."""

    FOR = "for"
    AGREED = "agreed"


PART_NAMES: Mapping[Part, str] = {Part.FOR: "It is for them", Part.AGREED: "They agreed to it"}


class WrongHelp(DomainError):
    """An answer about help that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


OVER = "The case of this family is closed, so no new help begins."
NOT_OFFERED = "This was not offered on that day. Choose one that was."
IS_ENDED = "This ended on {day}, so nothing is added to it."
TO_COME = "Give a day that is not still to come."
BEFORE_IT_BEGAN = "It began on {day}. Give that day or a later one."
AFTER_A_SESSION = "There was a session on {day}. It cannot have ended before."
NOBODY = "Tick who it is for."
NOBODY_CAME = "Tick who took part."
AGREE_FIRST = "An incentive or a sanction is agreed in the plan. Choose the goal that it belongs to."
WHO_AGREED = "Tick which adults agreed to it."
WHEN_AGREED = "Give the day on which they agreed, not after it begins."
ALREADY = "This goes on already, for the same people, since {day}."
STRUCK = "This session was struck out already."
SAY = {"words": "Write what it is for.", "because": "Write why it is struck out.", "result_words": "Write how it went."}


@dataclass(frozen=True)
class Dose:
    """How much was meant, and how much of it was delivered. None: no number was meant."""

    sessions: int | None
    weeks: int | None
    delivered: int

    @property
    def is_reached(self) -> bool:
        return self.sessions is not None and self.delivered >= self.sessions

    @property
    def words(self) -> str:
        """Return "3 of 8 sessions", "2 sessions"."""
        if self.sessions is None:
            return counted(self.delivered, "session")
        return f"{self.delivered} of {counted(self.sessions, 'session')}"


def meant(sessions: int | None, weeks: int | None) -> str:
    """Return "8 sessions in 10 weeks", or nothing where no number is meant."""
    said = [counted(sessions, "session")] if sessions else []
    return " in ".join(said + ([counted(weeks, "week")] if weeks else []))


def should_end_by(begun_on: date, weeks: int | None) -> date | None:
    return begun_on + timedelta(weeks=weeks) if weeks else None


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def check_words(**said: str) -> None:
    for field, words in said.items():
        if not words.strip():
            raise WrongHelp(SAY[field], field=field)


def check_beginning(
    kind: str, *, people: Collection[int], has_goal: bool, agreed_by: Collection[int], agreed_on: date | None,
    begun_on: date, on: date,
) -> None:  # fmt: skip
    """Refuse help for nobody, of a day to come, and an incentive or sanction that nobody of the family agreed to."""
    if not people:
        raise WrongHelp(NOBODY, field="people")
    if begun_on > on:
        raise WrongHelp(TO_COME, field="begun_on")
    if kind not in AGREED_IN_PLAN:
        return
    if not has_goal:
        raise WrongHelp(AGREE_FIRST, field="goal")
    if not agreed_by:
        raise WrongHelp(WHO_AGREED, field="agreed_by")
    if agreed_on is None or agreed_on > begun_on:
        raise WrongHelp(WHEN_AGREED, field="agreed_on")


def check_session(day: date, *, people: Collection[int], begun_on: date, ended_on: date | None, on: date) -> None:
    if not people:
        raise WrongHelp(NOBODY_CAME, field="people")
    if day > on:
        raise WrongHelp(TO_COME, field="happened_on")
    if day < begun_on:
        raise WrongHelp(BEFORE_IT_BEGAN.format(day=day_in_words(begun_on)), field="happened_on")
    if ended_on is not None and day > ended_on:
        raise WrongHelp(IS_ENDED.format(day=day_in_words(ended_on)), field="happened_on")


def check_end(day: date, *, begun_on: date, last_session: date | None, on: date) -> None:
    if day > on:
        raise WrongHelp(TO_COME, field="ended_on")
    if day < begun_on:
        raise WrongHelp(BEFORE_IT_BEGAN.format(day=day_in_words(begun_on)), field="ended_on")
    if last_session is not None and day < last_session:
        raise WrongHelp(AFTER_A_SESSION.format(day=day_in_words(last_session)), field="ended_on")
