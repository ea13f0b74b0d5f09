"""For how long a list can be taken back, what becomes of a request, and what stays because something was added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from slf.policy.rules import Number, Setting
from slf.web.words import day_in_words

TAKE_BACK_WITHIN: Setting[int] = Setting(
    "lists_undo", "For how long a list that was made can be taken back", "Bringing families over",
    Number("days", 1, 90), 14,
    help="Counted from the moment at which everything was made, until it is decided.",
)  # fmt: skip
SETTINGS = (TAKE_BACK_WITHIN,)
LONGEST = 1000
NOT_MADE = "This list is not made yet: there is nothing to take back."
TAKEN_BACK = "This list is taken back already."
ASKED = "{who} has asked for this list to be taken back. It waits for the locality's manager or a head of service."
SETTLED = "This has been decided already."
NOT_ONESELF = "You asked for it, so somebody else decides."
TOO_LATE = "The list was made on {day}, and could be taken back for {days} days. Put right each family on its own page."


class State(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    DONE = "done"


STATE_NAMES: Mapping[State, str] = {
    State.ASKED: "To be decided",
    State.AGREED: "Being taken back",
    State.REFUSED: "Left as it is",
    State.DONE: "Taken back",
}
TONES: Mapping[State, str] = {
    State.ASKED: "attention", State.AGREED: "waiting", State.REFUSED: "neutral", State.DONE: "good",
}  # fmt: skip
WAITS = frozenset({State.ASKED, State.AGREED})
"""Of one list at most one request is in one of these."""


class Answer(StrEnum):
    AGREE = "agree"
    REFUSE = "refuse"


ANSWERS: Mapping[Answer, str] = {
    Answer.AGREE: "Take back what nobody has added to",
    Answer.REFUSE: "Leave everything as it is",
}
BECOMES: Mapping[Answer, State] = {Answer.AGREE: State.AGREED, Answer.REFUSE: State.REFUSED}


def in_time(made_at: datetime, *, within: int, now: datetime) -> bool:
    return now <= made_at + timedelta(days=within)


def too_late(made_at: datetime, *, within: int) -> str:
    return TOO_LATE.format(day=day_in_words(made_at), days=within)


WORDS: Mapping[str, str] = {
    "audience": "other people may see it by now",
    "merged": "it is one with another family",
    "another_list": "another list added to it",
    "slf_draft": "a note that is not sent yet",
    "families_family": "its name or days",
    "families_person": "what is said of somebody",
    "families_membership": "who is in it",
    "families_householdchange": "who is in it",
    "families_home": "an address",
    "families_phone": "a telephone number",
    "families_need": "a need",
    "families_fact": "evidence",
    "families_statement": "something that was said",
    "families_agreement": "an agreement",
    "families_flag": "a flag",
    "families_contactrule": "how it is safe to get in touch",
    "referrals_allocation": "a worker",
    "referrals_referral": "a referral",
    "casework_case": "a case",
    "casework_visit": "a visit or contact",
    "casework_sighting": "a visit or contact",
    "casework_plannedvisit": "a planned visit",
    "casework_reading": "a star reading",
    "casework_plan": "a plan",
    "casework_transfer": "a hand-over",
}
SOMETHING = "something else on the record"


@dataclass(frozen=True)
class Added:
    """What stands in the record of a family that did not come with the list: a table, how many rows, and by whom."""

    family: int
    what: str
    people: tuple[int, ...] = ()


def in_words(added: Iterable[Added]) -> list[str]:
    """Return what was added, each kind once, in the words of those who work with it; what is rare comes last."""
    found = dict.fromkeys(WORDS.get(one.what, SOMETHING) for one in added)
    return sorted(found, key=lambda words: (words == SOMETHING, words))
