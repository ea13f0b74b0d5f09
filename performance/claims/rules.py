"""What may happen to a claim run, and who may do it. Pure functions, no Django."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from slf.web.errors import NotAllowed, NotForYou


class State(StrEnum):
    PREPARING = "preparing"
    PREPARED = "prepared"
    REVIEWED = "reviewed"
    SAMPLED = "sampled"
    AUDITED = "audited"
    SIGNED = "signed"
    CERTIFIED = "certified"
    SUBMITTED = "submitted"
    PART_PAID = "part_paid"
    PAID = "paid"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Mapping[State, str] = {
    State.PREPARING: "Being prepared",
    State.PREPARED: "Prepared, being reviewed",
    State.REVIEWED: "Reviewed by its localities",
    State.SAMPLED: "Sample drawn, being tested",
    State.AUDITED: "Passed by internal audit",
    State.SIGNED: "Signed",
    State.CERTIFIED: "Certified, ready to submit",
    State.SUBMITTED: "Submitted",
    State.PART_PAID: "Paid in part",
    State.PAID: "Paid",
    State.SETTLED: "Settled, not paid in full",
    State.WITHDRAWN: "Withdrawn",
}


TONES: Mapping[State, str] = {
    State.PREPARING: "waiting",
    State.PREPARED: "attention",
    State.REVIEWED: "new",
    State.SAMPLED: "attention",
    State.AUDITED: "new",
    State.SIGNED: "new",
    State.CERTIFIED: "good",
    State.SUBMITTED: "waiting",
    State.PART_PAID: "attention",
    State.PAID: "good",
    State.SETTLED: "neutral",
    State.WITHDRAWN: "neutral",
}


NEXT: Mapping[State, str] = {
    State.PREPARING: "Families are being judged.",
    State.PREPARED: "The manager of each locality with claims in it looks at those and agrees, or sends the run back.",
    State.REVIEWED: "An internal auditor draws a sample.",
    State.SAMPLED: "The auditor tests each claim of the sample, then passes the claim.",
    State.AUDITED: "The head of service signs it.",
    State.SIGNED: "The senior responsible officer certifies it. That makes the file to submit.",
    State.CERTIFIED: "A data officer submits the file and says so here.",
    State.SUBMITTED: "A data officer enters the remittance when the money arrives, and a second person confirms it.",
    State.PART_PAID: "A data officer enters the next remittance, or what became of each line that is not paid.",
    State.PAID: "Nothing is left to do.",
    State.SETTLED: "Nothing is outstanding: what is not paid was rejected or taken back.",
    State.WITHDRAWN: "It was withdrawn: its people may be claimed for again.",
}
SENT_BACK = "A locality has sent it back. A data officer withdraws it, or the manager agrees once it is clear."


NOTHING_TO_SUBMIT = "Nothing is claimed by this run, so there is nothing to submit or to be paid. Withdraw it."
SAMPLE_FAILED = "A claim of the sample is not supported by its evidence: withdraw this run and prepare another."


class Action(StrEnum):
    FREEZE = "freeze"
    REVIEW = "review"
    DRAW_SAMPLE = "draw the sample of"
    PASS = "pass"  # noqa: S105  (an act, not a password)
    SIGN = "sign"
    CERTIFY = "certify"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"


BEFORE_SUBMISSION = frozenset(
    {
        State.PREPARING, State.PREPARED, State.REVIEWED, State.SAMPLED, State.AUDITED, State.SIGNED, State.CERTIFIED,
    }
)  # fmt: skip
"""A run is withdrawn as a whole until it is submitted; afterwards a line is taken back by an entry of its own."""

AFTER_SUBMISSION = frozenset({State.SUBMITTED, State.PART_PAID, State.PAID, State.SETTLED})
"""From here on the ledger of its lines says which of these a run is."""

TRANSITIONS: Mapping[Action, tuple[frozenset[State], State]] = {
    Action.FREEZE: (frozenset({State.PREPARING}), State.PREPARED),
    Action.REVIEW: (frozenset({State.PREPARED}), State.REVIEWED),
    Action.DRAW_SAMPLE: (frozenset({State.REVIEWED}), State.SAMPLED),
    Action.PASS: (frozenset({State.SAMPLED}), State.AUDITED),
    Action.SIGN: (frozenset({State.AUDITED}), State.SIGNED),
    Action.CERTIFY: (frozenset({State.SIGNED}), State.CERTIFIED),
    Action.SUBMIT: (frozenset({State.CERTIFIED}), State.SUBMITTED),
    Action.WITHDRAW: (BEFORE_SUBMISSION, State.WITHDRAWN),
}

SLOTS: Mapping[str, str] = {
    "crime_asb_education": "result",
    "continuous_employment": "result",
    "sustained_progress": "result",
    "progress_to_work": "progress_to_work",
}
"""What one person can be claimed for once. Two routes are alternatives (P1-M-1), so they share a slot."""

CALLED: Mapping[str, str] = {
    "crime_asb_education": "Crime, antisocial behaviour and education",
    "progress_to_work": "Progress to work",
    "continuous_employment": "Continuous employment",
    "sustained_progress": "Significant and sustained progress",
}
"""What people call each component."""


def pounds(amount: Decimal) -> str:
    """Return an amount as people write it: £700, £1,750.50."""
    return f"£{amount:,.2f}".removesuffix(".00")


def next_state(state: str, action: Action) -> State:
    """Return the state after an action, or raise ``NotAllowed``."""
    before, after = TRANSITIONS[action]
    if State(state) not in before:
        message = f"Nobody can {action} a run that is “{STATE_NAMES[State(state)].lower()}”."
        raise NotAllowed(message)
    return after


def may(state: str, action: Action) -> bool:
    """Tell whether the buttons of the page show this action."""
    return State(state) in TRANSITIONS[action][0]


FIVE_PEOPLE = (
    "Who prepares, reviews, audits, signs and certifies a claim run are five people. You have had another part in it."
)
KNOWS_A_FAMILY = "You have declared that you know a family of this run, so somebody else has to do this."


def different_people(*, by: int, others: Iterable[int | None]) -> None:
    """Raise ``NotForYou`` for somebody who had another part in a run."""
    if by in others:
        raise NotForYou(FIVE_PEOPLE)


def knowing(*, knows: bool, another_may: bool) -> bool:
    """Tell whether who puts their name to a run does so knowing a family of it; ``NotForYou`` if another could.

    Who reviews and audits can always be somebody else. There may be one head of service and one senior responsible
    officer: then it is written down.
    """
    if knows and another_may:
        raise NotForYou(KNOWS_A_FAMILY)
    return knows
