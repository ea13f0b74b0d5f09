"""A copy of the chronology for one person: asked for, released by somebody else who read it, given. No Django here."""

from collections.abc import Mapping
from enum import StrEnum

from slf.web.errors import DomainError

LONGEST = 500


class State(StrEnum):
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    RELEASED = "released"
    GIVEN = "given"


STATE_NAMES: Mapping[State, str] = {
    State.WAITING: "Waits for a senior",
    State.SENT_BACK: "Sent back",
    State.RELEASED: "Released: to be given",
    State.GIVEN: "Given",
}
LIVING = frozenset({State.WAITING, State.RELEASED})
"""Of one person there is at most one of these."""
KEPT = frozenset({State.RELEASED, State.GIVEN})
"""What was in it is kept as it was read."""


class Act(StrEnum):
    RELEASE = "release"
    SEND_BACK = "send_back"
    GIVE = "give"


TRANSITIONS: Mapping[Act, tuple[frozenset[State], State]] = {
    Act.RELEASE: (frozenset({State.WAITING}), State.RELEASED),
    Act.SEND_BACK: (LIVING, State.SENT_BACK),
    Act.GIVE: (frozenset({State.RELEASED}), State.GIVEN),
}


def next_state(state: str, act: Act) -> State | None:
    """Return the state after an act; nothing when it is too late for it."""
    before, after = TRANSITIONS[act]
    return after if state in before else None


class WrongCopy(DomainError):
    """A copy that is not to be asked for in this way; ``field`` says of what."""

    status = 422
    title = "This cannot be asked for like that"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


NOT_ALONE = "Ask {who} alone first, where nobody of the household hears it. Until then there is no copy."
HARM = "Somebody could harm {who} for it. There is no copy: speak with your senior about what is safe."
NOT_OF_THE_FAMILY = "Choose somebody of this family."
SAY_WHY = "Say what they want it for."
IN_ORDER = "The last day must be after the first, or the same."
ONE_THERE = "A copy for {who} waits already, or is to be given."
OWN_ASKING = "Somebody else must release what you asked for."
NOT_YOURS = "Only the seniors and managers of the family's locality release a copy."
NOT_YOURS_TO_ASK = "Only who works with the family asks for a copy."
NEEDS_ANSWER = "Say why it is sent back."
NOTHING_IN_IT = "There is nothing in it. Send it back, and say which days or what else to ask for."
CHANGED = "What would be in it has changed while you were reading. Read it again."
KEPT_SINCE = (
    "Something in it has been marked since as not for {who}. It is not given: a senior sends it back, "
    "and you ask again."
)
TOO_LATE = "{who} was first: this copy is {state} now."


def check_asking(*, asked_alone: bool, could_be_harmed: bool, why: str, who: str) -> None:
    """Refuse a copy that would not be safe, or of which nobody knows what it is for."""
    if not asked_alone:
        raise WrongCopy(NOT_ALONE.format(who=who), field="asked_alone")
    if could_be_harmed:
        raise WrongCopy(HARM.format(who=who), field="could_be_harmed")
    if not why.strip():
        raise WrongCopy(SAY_WHY, field="why")


def check_answer(answer: str) -> str:
    if not answer.strip():
        raise WrongCopy(NEEDS_ANSWER, field="answer")
    return answer.strip()
