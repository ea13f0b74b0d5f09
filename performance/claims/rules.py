"""What may happen to a claim run, and who may do it. Pure functions, no Django."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from slf.web.errors import NotAllowed, NotForYou


class State(StrEnum):
    PREPARING = "preparing"
    PREPARED = "prepared"
    SAMPLED = "sampled"
    AUDITED = "audited"
    SIGNED = "signed"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Mapping[State, str] = {
    State.PREPARING: "Being prepared",
    State.PREPARED: "Prepared and frozen",
    State.SAMPLED: "Sample drawn, being tested",
    State.AUDITED: "Passed by internal audit",
    State.SIGNED: "Signed, ready to submit",
    State.PAID: "Paid",
    State.WITHDRAWN: "Withdrawn",
}


TONES: Mapping[State, str] = {
    State.PREPARING: "waiting",
    State.PREPARED: "new",
    State.SAMPLED: "attention",
    State.AUDITED: "new",
    State.SIGNED: "good",
    State.PAID: "good",
    State.WITHDRAWN: "neutral",
}


NEXT: Mapping[State, str] = {
    State.PREPARING: "Families are being judged.",
    State.PREPARED: "An internal auditor who did not prepare it draws a sample.",
    State.SAMPLED: "The auditor tests each claim of the sample, then passes the claim.",
    State.AUDITED: "The head of service signs it.",
    State.SIGNED: "Submit the file, then record the payment.",
    State.PAID: "Nothing is left to do.",
    State.WITHDRAWN: "It was withdrawn: its people may be claimed for again.",
}


SAMPLE_FAILED = "A claim of the sample is not supported by its evidence: withdraw this run and prepare another."


class Action(StrEnum):
    FREEZE = "freeze"
    DRAW_SAMPLE = "draw the sample of"
    PASS = "pass"  # noqa: S105  (an act, not a password)
    SIGN = "sign"
    RECORD_PAYMENT = "record the payment of"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[Action, tuple[frozenset[State], State]] = {
    Action.FREEZE: (frozenset({State.PREPARING}), State.PREPARED),
    Action.DRAW_SAMPLE: (frozenset({State.PREPARED}), State.SAMPLED),
    Action.PASS: (frozenset({State.SAMPLED}), State.AUDITED),
    Action.SIGN: (frozenset({State.AUDITED}), State.SIGNED),
    Action.RECORD_PAYMENT: (frozenset({State.SIGNED}), State.PAID),
    Action.WITHDRAW: (frozenset({State.PREPARING, State.PREPARED, State.SAMPLED, State.AUDITED}), State.WITHDRAWN),
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


def three_people(*, preparer: int, auditor: int | None, signer: int | None) -> None:
    """Raise ``NotForYou`` unless everybody who had a part in a run is somebody else."""
    parts = [person for person in (preparer, auditor, signer) if person is not None]
    if len(parts) != len(set(parts)):
        message = "Preparer, auditor and signer of a claim run are three people. You have had another part in this run."
        raise NotForYou(message)
