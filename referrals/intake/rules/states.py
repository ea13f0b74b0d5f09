"""The states of a referral, and what may be done in each."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from slf.web.errors import NotAllowed


class State(StrEnum):
    DRAFT = "draft"
    RECEIVED = "received"
    ASKED = "asked"
    ACCEPTED = "accepted"
    ESF = "esf"
    SIGNPOSTED = "signposted"
    DECLINED = "declined"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return STATE_NAMES[self]


STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: "Draft",
    State.RECEIVED: "Received",
    State.ASKED: "More is asked",
    State.ACCEPTED: "Accepted",
    State.ESF: "Sent to the ESF provider",
    State.SIGNPOSTED: "Signposted to a service",
    State.DECLINED: "Declined",
    State.DISCARDED: "Deleted draft",
}


OPEN = frozenset({State.RECEIVED, State.ASKED})
"""Sent, and still to be decided."""

TAKEN_ON = frozenset({State.ACCEPTED, State.ESF})
"""Decided so that there is a family."""

DECIDED: Mapping[State, str] = {
    State.ACCEPTED: "accepted",
    State.ESF: "sent to the ESF provider",
    State.SIGNPOSTED: "signposted to a service",
    State.DECLINED: "declined",
}
"""Each decision, as it is said of a referral."""


class Action(StrEnum):
    SEND = "send"
    DISCARD = "delete"
    ASK = "ask about"
    PASS_ON = "pass on"  # noqa: S105  (no password)
    ACCEPT = "accept"
    SEND_TO_ESF = "share"
    SIGNPOST = "signpost"
    DECLINE = "decline"


TRANSITIONS: Mapping[Action, tuple[frozenset[State], State]] = {
    Action.SEND: (frozenset({State.DRAFT}), State.RECEIVED),
    Action.DISCARD: (frozenset({State.DRAFT}), State.DISCARDED),
    Action.ASK: (frozenset({State.RECEIVED}), State.ASKED),
    Action.PASS_ON: (frozenset({State.RECEIVED}), State.RECEIVED),
    Action.ACCEPT: (OPEN, State.ACCEPTED),
    Action.SEND_TO_ESF: (OPEN, State.ESF),
    Action.SIGNPOST: (OPEN, State.SIGNPOSTED),
    Action.DECLINE: (OPEN, State.DECLINED),
}


def next_state(state: State | str, action: Action) -> State:
    """Return where the action leads, or raise ``NotAllowed``."""
    before, after = TRANSITIONS[action]
    if state not in before:
        message = f"This referral is {State(state).label.lower()}. You cannot {action.value} it now."
        raise NotAllowed(message)
    return after


def may(state: State | str, action: Action) -> bool:
    return state in TRANSITIONS[action][0]


def reference_of(uid: UUID) -> str:
    """Return what to quote on the telephone. It says nothing about the family."""
    return f"R-{uid.hex[:4]}-{uid.hex[4:8]}".upper()
