"""One table: from which stage a case goes to which, what that needs, who may, and whether a second person confirms.

A stage is never written down: it follows from what the record holds. The verbs ask this table before they act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from slf.access.rules import Can
from slf.web.errors import DomainError, NotAllowed

LONGEST, LONGEST_WHOM = 2000, 200


class Stage(StrEnum):
    NO_CASE = "no_case"
    BEGUN = "begun"
    ASSESSED = "assessed"
    PLANNED = "planned"
    REVIEWED = "reviewed"
    HELD = "held"
    CLOSING = "closing"
    CLOSED = "closed"


STAGE_NAMES: Mapping[Stage, str] = {
    Stage.NO_CASE: "No case yet",
    Stage.BEGUN: "Getting to know the family",
    Stage.ASSESSED: "Assessed",
    Stage.PLANNED: "Working to the plan",
    Stage.REVIEWED: "Plan reviewed",
    Stage.HELD: "Held while social care leads",
    Stage.CLOSING: "Proposed to be closed",
    Stage.CLOSED: "Closed",
}
WORKED = frozenset({Stage.BEGUN, Stage.ASSESSED, Stage.PLANNED, Stage.REVIEWED})
OPEN = WORKED | {Stage.HELD}


class Need(StrEnum):
    """What a step to another stage needs to be there first."""

    AGREED = "agreed"
    WORKER = "worker"
    REFERRED = "referred"
    ASSESSED = "assessed"
    PLAN = "plan"
    REVIEWED = "reviewed"
    OUTCOMES = "outcomes"
    STEPPED_UP = "stepped_up"
    STAYS_HERE = "stays_here"
    IN_TIME = "in_time"
    NO_NEW_CASE = "no_new_case"


NEED_NAMES: Mapping[Need, str] = {
    Need.AGREED: "The family has agreed to be worked with",
    Need.WORKER: "Somebody works with the family",
    Need.REFERRED: "A new referral was accepted",
    Need.ASSESSED: "The assessment is signed off",
    Need.PLAN: "The family has agreed to a plan",
    Need.REVIEWED: "The plan was reviewed with the family",
    Need.OUTCOMES: "What became of each need is said",
    Need.STEPPED_UP: "It was stepped up to children's social care",
    Need.STAYS_HERE: "No hand-over to another locality waits",
    Need.IN_TIME: "The closing can still be taken back",
    Need.NO_NEW_CASE: "No new case was opened since",
}


class Move(StrEnum):
    ALLOCATE = "allocate"
    ALLOCATE_AGAIN = "allocate_again"
    ASSESS = "assess"
    PLAN = "plan"
    REVIEW = "review"
    HOLD = "hold"
    GO_ON = "go_on"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    CLOSE = "close"
    TAKE_BACK = "take_back"


@dataclass(frozen=True)
class Transition:
    """One row of the table. ``to`` is None where the case goes back to the stage that the record says it had."""

    verb: str
    frm: frozenset[Stage]
    to: Stage | None
    who: Can
    needs: frozenset[Need] = field(default_factory=frozenset)
    second: bool = False


def _of(*needs: Need) -> frozenset[Need]:
    return frozenset(needs)


BEGINS = _of(Need.AGREED, Need.WORKER)
TRANSITIONS: Mapping[Move, Transition] = {
    Move.ALLOCATE: Transition("Give it to a worker", frozenset({Stage.NO_CASE}), Stage.BEGUN, Can.ALLOCATE, BEGINS),
    Move.ALLOCATE_AGAIN: Transition(
        "Give it to a worker again", frozenset({Stage.CLOSED}), Stage.BEGUN, Can.ALLOCATE, BEGINS | {Need.REFERRED}
    ),
    Move.ASSESS: Transition(
        "Sign off the assessment", frozenset({Stage.BEGUN}), Stage.ASSESSED, Can.SIGN_ASSESSMENT,
        _of(Need.WORKER, Need.ASSESSED), second=True,
    ),
    Move.PLAN: Transition(
        "Agree on a plan with the family", frozenset({Stage.ASSESSED}), Stage.PLANNED, Can.WORK_FAMILY,
        _of(Need.WORKER, Need.PLAN),
    ),
    Move.REVIEW: Transition(
        "Review the plan with the family", frozenset({Stage.PLANNED}), Stage.REVIEWED, Can.WORK_FAMILY,
        _of(Need.WORKER, Need.REVIEWED),
    ),
    Move.HOLD: Transition(
        "Hold it while social care leads", WORKED, Stage.HELD, Can.REVIEW_FAMILY, _of(Need.STEPPED_UP)
    ),
    Move.GO_ON: Transition("Go on with it", frozenset({Stage.HELD}), None, Can.REVIEW_FAMILY),
    Move.PROPOSE: Transition("Propose to close it", OPEN, Stage.CLOSING, Can.PROPOSE_CLOSING, _of(Need.OUTCOMES)),
    Move.SEND_BACK: Transition(
        "Send the proposal back", frozenset({Stage.CLOSING}), None, Can.CLOSE_CASE, second=True
    ),
    Move.WITHDRAW: Transition("Withdraw the proposal", frozenset({Stage.CLOSING}), None, Can.PROPOSE_CLOSING),
    Move.CONFIRM: Transition(
        "Close it as it was proposed", frozenset({Stage.CLOSING}), Stage.CLOSED, Can.CLOSE_CASE,
        _of(Need.OUTCOMES, Need.STAYS_HERE), second=True,
    ),
    Move.CLOSE: Transition(
        "Close it", OPEN, Stage.CLOSED, Can.CLOSE_CASE, _of(Need.OUTCOMES, Need.STAYS_HERE)
    ),
    Move.TAKE_BACK: Transition(
        "Take the closing back", frozenset({Stage.CLOSED}), None, Can.CLOSE_CASE,
        _of(Need.IN_TIME, Need.NO_NEW_CASE),
    ),
}  # fmt: skip
LADDER = (Move.ALLOCATE, Move.ASSESS, Move.PLAN, Move.REVIEW)
"""The steps of an open case, in their order: it is where all that leads there is there."""


@dataclass(frozen=True)
class Facts:
    """What the record holds of a case. ``met``: what is there of all that a step can need."""

    has_case: bool = False
    is_open: bool = False
    is_held: bool = False
    is_proposed: bool = False
    met: frozenset[Need] = field(default_factory=frozenset)


def stage_of(facts: Facts) -> Stage:
    """Return the stage of a case: as far up the table as all that it needs is there."""
    if not facts.has_case:
        return Stage.NO_CASE
    if not facts.is_open:
        return Stage.CLOSED
    if facts.is_proposed:
        return Stage.CLOSING
    return Stage.HELD if facts.is_held else rung(facts)


def rung(facts: Facts) -> Stage:
    """Return how far the work of an open case has come. A worker who left takes nothing of what was done away."""
    stage = Stage.BEGUN
    for move in LADDER[1:]:
        step = TRANSITIONS[move]
        if (step.needs - {Need.WORKER}) - facts.met:
            break
        stage = step.to or stage
    return stage


def next_move(stage: Stage) -> Move | None:
    """Return the step up the table from a stage, if the work leads to one; a reviewed plan leads to its closing."""
    if stage in {Stage.REVIEWED, Stage.CLOSING}:
        return Move.PROPOSE if stage is Stage.REVIEWED else Move.CONFIRM
    ways = {Stage.HELD: Move.GO_ON, Stage.CLOSED: Move.ALLOCATE_AGAIN}
    found = next((move for move in LADDER if stage in TRANSITIONS[move].frm), None)
    return ways.get(stage, found)


def missing(move: Move, facts: Facts) -> list[Need]:
    """Return what a step still needs, in the order of the words."""
    return [need for need in Need if need in TRANSITIONS[move].needs - facts.met]


def moves_from(stage: Stage) -> list[Move]:
    return [move for move, step in TRANSITIONS.items() if stage in step.frm]


def refuse_unless(move: Move, *, stage: Stage, met: Iterable[Need], by_second: bool = True) -> None:
    """Refuse a step that does not begin at this stage, lacks what it needs, or is not a second person's."""
    step = TRANSITIONS[move]
    if stage not in step.frm:
        raise NotAllowed(f"“{step.verb}” does not follow on “{STAGE_NAMES[stage].lower()}”.")
    if lacks := [NEED_NAMES[need] for need in Need if need in step.needs - frozenset(met)]:
        raise NotAllowed(f"Not yet: {'; '.join(lacks)}.")
    if step.second and not by_second:
        raise NotAllowed("Somebody else does this.")


# Step up, step down ------------------------------------------------------------------------------------------------


class Way(StrEnum):
    UP = "up"
    DOWN = "down"


WAY_NAMES: Mapping[Way, str] = {
    Way.UP: "Stepped up to children's social care",
    Way.DOWN: "Stepped down from children's social care",
}


class Then(StrEnum):
    """What becomes of the case after a step up."""

    GOES_ON = "goes_on"
    HELD = "held"
    CLOSES = "closes"


THEN_NAMES: Mapping[Then, str] = {
    Then.GOES_ON: "We go on beside them",
    Then.HELD: "Our case is held while they lead",
    Then.CLOSES: "Our case is closed: propose that next",
}


class WrongStep(DomainError):
    """An answer about a step up or down that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


NOT_OPEN = "The case of this family is not open."
SAID_OTHERWISE = "{who} has written this step down already, and says otherwise of it. Read it with the case first."
HELD_ALREADY = "The case is held already since {day}."
NOT_YOURS = "Whoever works with the family or stands above that work says that it is stepped up or down."
NOT_YOURS_TO_GO_ON = "Whoever stands above the work says that a case goes on that was held."
ALREADY_SAID = "{who} has said already that it was acknowledged."
NOT_HELD = "This case is not held any more."


def check_step(way: str, *, happened_on: object, on: object, whom: str, reason: str, then: str) -> None:
    if way not in set(Way):
        raise WrongStep("Say whether it was stepped up or down.", field="way")
    if happened_on > on:  # type: ignore[operator]
        raise WrongStep("The day must be today or earlier.", field="happened_on")
    if not whom.strip():
        raise WrongStep("Say to which team, or from which.", field="whom")
    if not reason.strip():
        raise WrongStep("Say why.", field="reason")
    if then not in set(Then) or (way == Way.DOWN and then != Then.GOES_ON):
        raise WrongStep("Say what becomes of our case.", field="then")
