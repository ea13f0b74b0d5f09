"""A meeting from its invitation to its frozen minutes: what may follow what, and who must not learn of what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from slf.web.errors import Conflict, DomainError
from slf.web.words import day_in_words

LONGEST = 4000
LONGEST_WHAT = 300
MOST_POINTS = 60
BLANKS = 3
"""How many empty paragraphs a page of minutes shows to write on."""


class HasKept(Protocol):
    """What is kept from some of those invited."""

    kept_from: list[int]


Row = TypeVar("Row", bound=HasKept)


class State(StrEnum):
    PLANNED = "planned"
    FINISHED = "finished"
    CANCELLED = "cancelled"


STATE_NAMES: Mapping[State, str] = {
    State.PLANNED: "Planned",
    State.FINISHED: "Minutes finished",
    State.CANCELLED: "Cancelled",
}


class Wanted(StrEnum):
    """What became of a meeting that somebody wants planned."""

    WANTED = "wanted"
    PLANNED = "planned"
    DROPPED = "dropped"


WANTED_NAMES: Mapping[Wanted, str] = {
    Wanted.WANTED: "To be planned",
    Wanted.PLANNED: "Planned",
    Wanted.DROPPED: "Not needed any more",
}


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    DECISION = "decision"
    ADDITION = "addition"


POINT_NAMES: Mapping[Kind, str] = {
    Kind.PARAGRAPH: "What was said",
    Kind.DECISION: "Decision",
    Kind.ADDITION: "Added later",
}
WRITTEN: Mapping[Kind, str] = {kind: POINT_NAMES[kind] for kind in (Kind.PARAGRAPH, Kind.DECISION)}


class Came(StrEnum):
    CAME = "came"
    APOLOGIES = "apologies"
    AWAY = "away"


CAME_NAMES: Mapping[Came, str] = {
    Came.CAME: "Came",
    Came.APOLOGIES: "Sent apologies",
    Came.AWAY: "Did not come",
}


class Done(StrEnum):
    TO_DO = "to_do"
    DONE = "done"
    DROPPED = "dropped"


DONE_NAMES: Mapping[Done, str] = {Done.TO_DO: "To do", Done.DONE: "Done", Done.DROPPED: "Not needed any more"}


class Paper(StrEnum):
    INVITATION = "invitation"
    MINUTES = "minutes"


PAPER_NAMES: Mapping[Paper, str] = {Paper.INVITATION: "Invitation", Paper.MINUTES: "Copy of the minutes"}


class WrongMeeting(DomainError):
    """An answer about a meeting that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


OVER = "The case of this family is closed, so no meeting is planned."
NOBODY = "Tick who is invited."
ALREADY = "A meeting is planned for that day and time already."
CHANGED = (
    "Somebody else changed this meeting while you had it open. Open it again to see how it stands. What you typed "
    "stays here until then."
)
NOT_PLANNED = "This meeting is “{state}” now. Open it again to see what happened."
NOT_FINISHED = "The minutes are not finished yet."
NOT_YET = "This meeting is on {day}. Its minutes are finished on that day or later."
NOTHING_WRITTEN = "Write at least one paragraph or decision before the minutes are finished."
WHO_CAME = "Say of everybody who was invited whether they came: {names}."
WHO_OWNS = "Choose who does it from those who were invited."
BEFORE_IT = "The meeting is on {day}. Give that day or a later one."
SETTLED = "This action is “{state}” already."
NO_AGREEMENT = (
    "The family's agreement to the service is not in force, so nothing is given to people of other agencies. "
    "Write down what the family says on its page “Sharing and consent”."
)
NOT_SAFE = "{name}: {why}. Give it in another way, and not by letter."
ASK_FIRST = "How {name} is told safely is not yours to read. Ask who works with the family to give them the invitation."
KEPT_BACK = (
    "Something in these minutes is kept from somebody, and is not yours to read. Who works with the family makes the "
    "copies."
)
WANTED_ALREADY = "A meeting for this is asked for already, by another day. Ask for it in other words, or leave it."
NOT_WANTED = "This is “{state}” already. Open the meetings of the family to see what happened."
KEPT_OTHERWISE = (
    "This is written already, and kept from other people than you ticked. It stays so: write what is to be kept from "
    "them in other words."
)
TO_COME = "Give a day that is not still to come."


def check_planned(state: str) -> None:
    if state != State.PLANNED:
        raise Conflict(NOT_PLANNED.format(state=STATE_NAMES[State(state)].lower()))


def check_finishing(day: date, *, written: int, unsaid: Iterable[str], on: date) -> None:
    """Refuse to finish minutes of a meeting to come, that say nothing, or that do not say who came."""
    if day > on:
        raise WrongMeeting(NOT_YET.format(day=day_in_words(day)), field="")
    if not written:
        raise WrongMeeting(NOTHING_WRITTEN, field="")
    if names := ", ".join(unsaid):
        raise WrongMeeting(WHO_CAME.format(names=names), field="")


@dataclass(frozen=True)
class Said:
    """One paragraph or decision as it is written: its kind, its words, and which invited people must not learn of it.

    Without words it is taken out of the minutes.
    """

    kind: str
    words: str
    kept_from: frozenset[int] = frozenset()

    @property
    def as_json(self) -> list[object]:
        return [self.kind, self.words, sorted(self.kept_from)]

    @property
    def is_blank(self) -> bool:
        return not self.words


def tidied(said: Said) -> Said:
    words = said.words.strip()
    return Said(said.kind, words, said.kept_from if words else frozenset())


def check_kept_as(there: Row, kept_from: Collection[int]) -> Row:
    """Return what is written already; where it is kept from others than is said now, say that it stays so."""
    if set(there.kept_from) != set(kept_from):
        raise Conflict(KEPT_OTHERWISE)
    return there


def is_for(kept_from: Collection[int], reader: int | None) -> bool:
    """Tell whether something is in the copy for one invited person; the record's own copy, for nobody, has all."""
    return reader is None or reader not in kept_from
