"""The family plan: its states, whose agreement makes it the family's, and what it needs before anybody is asked."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from slf.web.errors import DomainError, NotAllowed


class PlanState(StrEnum):
    """One version of a plan. What an agreed or replaced version says never changes."""

    DRAFT = "draft"
    AGREED = "agreed"
    REPLACED = "replaced"
    DROPPED = "dropped"
    ENDED = "ended"


LIVING = frozenset({PlanState.DRAFT, PlanState.AGREED})
"""What a family lives by or somebody works on; the others are kept to be read."""


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"


PLAN_STATE_NAMES: Mapping[PlanState, str] = {
    PlanState.DRAFT: "Draft",
    PlanState.AGREED: "Agreed",
    PlanState.REPLACED: "Replaced by a later version",
    PlanState.DROPPED: "Thrown away",
    PlanState.ENDED: "Ended with the case",
}
ACTION_STATE_NAMES: Mapping[ActionState, str] = {ActionState.OPEN: "To do", ActionState.DONE: "Done"}


class Act(StrEnum):
    """What can happen to a version of a plan, and to an action in it."""

    WRITE = "write"
    AGREE = "agree"
    REPLACE = "replace"
    THROW_AWAY = "throw_away"
    END = "end"
    FINISH = "finish"
    REOPEN = "reopen"


State = PlanState | ActionState
TRANSITIONS: Mapping[Act, tuple[frozenset[State], State]] = {
    Act.WRITE: (frozenset({PlanState.DRAFT}), PlanState.DRAFT),
    Act.AGREE: (frozenset({PlanState.DRAFT}), PlanState.AGREED),
    Act.REPLACE: (frozenset({PlanState.AGREED}), PlanState.REPLACED),
    Act.THROW_AWAY: (frozenset({PlanState.DRAFT}), PlanState.DROPPED),
    Act.END: (LIVING, PlanState.ENDED),
    Act.FINISH: (frozenset({ActionState.OPEN}), ActionState.DONE),
    Act.REOPEN: (frozenset({ActionState.DONE}), ActionState.OPEN),
}
REFUSALS: Mapping[Act, str] = {
    Act.WRITE: "The family has agreed to this version, so its words stay. Start a new version to change it.",
    Act.AGREE: "This version of the plan is already agreed.",
    Act.REPLACE: "Only the agreed version of a plan is replaced.",
    Act.THROW_AWAY: "Only a draft can be thrown away. The family has agreed to this version.",
    Act.END: "Only a version in hand ends with the case.",
    Act.FINISH: "This action is already marked as done.",
    Act.REOPEN: "This action is not marked as done.",
}
OVERTAKEN = "A later version of the plan has taken the place of this one. Go on with the later one."
THROWN_AWAY = "This draft was thrown away. Start a new version to change the plan."
ENDED = "This plan ended when the case of the family was closed. What it says stays to be read."
OVER: Mapping[str, str] = {PlanState.DROPPED: THROWN_AWAY, PlanState.ENDED: ENDED}


def may(state: str, act: Act) -> bool:
    """Tell whether the act is possible now: the buttons on the page ask this."""
    return state in TRANSITIONS[act][0]


def next_state(state: str, act: Act) -> State:
    """Return the state after an act, or refuse it with its sentence."""
    if (over := OVER.get(state)) is not None:
        raise NotAllowed(over)
    if not may(state, act):
        raise NotAllowed(REFUSALS[act])
    return TRANSITIONS[act][1]


def state_before(agreed_on: date | None) -> PlanState:
    """Return what a version was before it ended with the case: what it is again when that is taken back."""
    return PlanState.DRAFT if agreed_on is None else PlanState.AGREED


# Who has to agree


class Said(StrEnum):
    AGREED = "agreed"
    REFUSED = "refused"


class How(StrEnum):
    DRAWN = "drawn"
    TYPED = "typed"
    PAPER = "paper"
    IN_PERSON = "in_person"
    PHONE = "phone"


SAID_NAMES: Mapping[Said, str] = {Said.AGREED: "Agreed", Said.REFUSED: "Did not agree"}
HOW_NAMES: Mapping[How, str] = {
    How.DRAWN: "Signed on the screen",
    How.TYPED: "Typed their name",
    How.PAPER: "Signed on paper",
    How.IN_PERSON: "Said so in person",
    How.PHONE: "Said so by telephone",
}
ADULTS = frozenset({"parent", "adult", "away"})
"""Parts in a household whose agreement or refusal is recorded. A child's voice is in the goals."""


SIGNED = frozenset({How.DRAWN, How.TYPED})
"""Ways in which the service itself holds the signature: lines that were drawn, or the name as it was typed."""
LONGEST_DRAWING, LONGEST_TYPED, WIDE, HIGH = 20_000, 120, 400, 150
POINTS = re.compile(r"[ML](\d{1,3}) (\d{1,3})")
NO_DRAWING = "Have them sign in the box, or choose another way"
NO_NAME = "Have them type their name"
NOT_ON_PAPER = "Only what was signed on paper has a scan."
NOT_YOURS_TO_SCAN = "Only who works with the family keeps its papers."
SCANNED = "A scan is kept of it already. It stays as it is."
NO_SCAN = "Scan the paper as a PDF, or take a picture of it."


class WrongSignature(DomainError):
    """A signature that is none; ``field`` says in which box."""

    status = 422
    title = "This is no signature"

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


def check_signature(how: str, signature: str) -> str:
    """Return the signature as it is kept; nothing for a way that leaves none with the service."""
    if how == How.DRAWN:
        return _drawn(signature)
    if how == How.TYPED:
        name = " ".join(signature.split())
        if not name or len(name) > LONGEST_TYPED:
            raise WrongSignature(NO_NAME, field="typed_name")
        return name
    return ""


def _drawn(path: str) -> str:
    """Return lines between points in the box, at least two; anything else is not what the box makes."""
    points = POINTS.findall(path)
    parts = path.split(" ")
    whole = len(parts) == 2 * len(points) and path.startswith("M") and len(path) <= LONGEST_DRAWING
    if not whole or len(points) < 3 or any(int(x) > WIDE or int(y) > HIGH for x, y in points):
        raise WrongSignature(NO_DRAWING, field="drawing")
    return path


@dataclass(frozen=True)
class AgreementRule:
    """Whose agreement suffices, from a day on. A new rule is a new row; a plan keeps the code of its own."""

    code: str
    starts_on: date
    parts: frozenset[str]
    everyone: bool
    label: str
    source: str

    def is_met(self, household: Mapping[int, str], agreed: Collection[int]) -> bool:
        """Tell whether those who agreed suffice. ``household`` is ``{person: part}``; nobody else's voice counts."""
        asked = {person for person, part in household.items() if part in self.parts}
        return bool(asked) and (asked <= set(agreed) if self.everyone else bool(asked & set(agreed)))

    def met_on(self, household: Mapping[int, str], agreed: Mapping[int, date]) -> date | None:
        """Return the first day on which enough had agreed; ``agreed`` is ``{person: day}``."""
        days = sorted(set(agreed.values()))
        by_then = ({person for person, said_on in agreed.items() if said_on <= day} for day in days)
        return next((day for day, who in zip(days, by_then, strict=True) if self.is_met(household, who)), None)


AGREEMENT_RULES = (
    AgreementRule(
        code="one_parent_at_home",
        starts_on=date(2012, 4, 1),
        parts=frozenset({"parent"}),
        everyone=False,
        label="At least one parent or carer who lives with the family",
        source="to be confirmed by the council",
    ),
)


def agreement_rule_on(day: date, rules: Iterable[AgreementRule] = AGREEMENT_RULES) -> AgreementRule:
    """Return the rule in force on a day; before the first one, the first."""
    ordered = sorted(rules, key=lambda rule: rule.starts_on)
    return next((rule for rule in reversed(ordered) if rule.starts_on <= day), ordered[0])


# What a plan needs before it can be agreed

NO_GOALS = "Add at least one goal"


def no_actions(words: str) -> str:
    return f"Say who will do what for the goal “{words}”"


def is_late(state: str, due_on: date, *, on: date) -> bool:
    return state == ActionState.OPEN and due_on < on
