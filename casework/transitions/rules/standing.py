"""Where a case is by what the record holds of it, and what is missing for the next step."""

from dataclasses import dataclass, field

from casework.transitions.rules.table import LADDER, TRANSITIONS, Move
from casework.transitions.rules.words import Need, Stage


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
    """Return how far the work of an open case has come: each step by what it leaves in the record."""
    stage = Stage.BEGUN
    for move in LADDER[1:]:
        step = TRANSITIONS[move]
        if step.makes not in facts.met:
            break
        stage = step.to or stage
    return stage


def next_move(stage: Stage) -> Move | None:
    """Return the step up the table from a stage, if the work leads to one; a reviewed plan leads to its closing."""
    reached = [Stage.NO_CASE, *(TRANSITIONS[move].to for move in LADDER)]
    ways = {
        **dict(zip(reached, (*LADDER, Move.PROPOSE), strict=True)),
        Stage.HELD: Move.GO_ON, Stage.CLOSING: Move.CONFIRM, Stage.CLOSED: Move.ALLOCATE_AGAIN,
    }  # fmt: skip
    return ways.get(stage)


def missing(move: Move, facts: Facts) -> list[Need]:
    """Return what is not there yet of what a step leads to, in the order of the words."""
    return [need for need in Need if need in TRANSITIONS[move].wanted - facts.met]
