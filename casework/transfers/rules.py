"""What becomes of a family that is handed over to another locality. No Django here."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from slf.web.errors import DomainError, NotAllowed

KEEP_DAYS = (0, 7, 14, 28)
"""For how many days the worker until now may keep the record open. Example, not Leicestershire policy."""
LONGEST_AHEAD = timedelta(days=28)


class State(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STATE_NAMES[self]


STATE_NAMES: Mapping[State, str] = {
    State.PROPOSED: "Waits for the other locality",
    State.ACCEPTED: "Accepted",
    State.SENT_BACK: "Sent back",
    State.WITHDRAWN: "Withdrawn",
}


class WrongTransfer(DomainError):
    """An answer about a hand-over that cannot be right."""

    status = 422
    title = "This cannot be right"


def check_day(moves_on: date, *, on: date) -> None:
    """Refuse a day so far ahead that nobody can know it."""
    if moves_on > on + LONGEST_AHEAD:
        raise WrongTransfer(f"The day can be at most {LONGEST_AHEAD.days} days ahead.")


def check_words(**said: str) -> None:
    """Refuse to hand a family over without a word."""
    for what, words in said.items():
        if not words.strip():
            raise WrongTransfer(f"Give {SAID[what]}.")


SAID = {"reason": "the reason", "must_know": "what the next worker must know", "answer": "the reason"}


def check_elsewhere(*, held: int | None, wanted: int) -> int:
    """Return the locality a family leaves; refuse what is no move. Closed to named people, it is in no locality."""
    if held is None:
        raise NotAllowed("This family is closed to named people. Open it to its locality before it is handed over.")
    if held == wanted:
        raise NotAllowed("The family is with this locality already.")
    return held
