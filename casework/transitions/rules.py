"""One table: from which stage a case goes to which, what that needs, who may, and whether a second person confirms.

A stage is never written down: it follows from what the record holds. The verbs ask this table before they act, and
refuse in its words; none has a check of its own of what stands here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from slf.access.rules import Can
from slf.web.errors import NotAllowed


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
GOES_ON = OPEN | {Stage.CLOSING}
NOT_CLOSED = GOES_ON | {Stage.NO_CASE}
"""A plan or an assessment can be begun before anybody has the family; once its case is closed, with a new one."""


class Need(StrEnum):
    """What has to be there, in the order in which it is said to be missing."""

    STANDS = "stands"
    REFERRED = "referred"
    AGREED = "agreed"
    WORKER = "worker"
    ASSESSED = "assessed"
    READY = "ready"
    PLAN = "plan"
    REVIEWED = "reviewed"
    OUTCOMES = "outcomes"
    STEPPED_UP = "stepped_up"
    STAYS_HERE = "stays_here"
    IN_TIME = "in_time"
    APART = "apart"
    NO_NEW_CASE = "no_new_case"


NEED_NAMES: Mapping[Need, str] = {
    Need.STANDS: "The family was not made one with another",
    Need.REFERRED: "A new referral was accepted",
    Need.AGREED: "The family has agreed to be worked with",
    Need.WORKER: "Somebody works with the family",
    Need.ASSESSED: "The assessment is signed off",
    Need.READY: "The plan has goals, each with who does what",
    Need.PLAN: "The family has agreed to a plan",
    Need.REVIEWED: "The plan was reviewed with the family",
    Need.OUTCOMES: "What became of each need is said",
    Need.STEPPED_UP: "It was stepped up to children's social care",
    Need.STAYS_HERE: "No hand-over to another locality waits",
    Need.IN_TIME: "The closing can still be taken back",
    Need.APART: "The family was not made one with another since",
    Need.NO_NEW_CASE: "No new case was opened since",
}
LACKS: Mapping[Need, str] = {
    Need.STANDS: "This family was made one with {one}, {reference}. Go on with that one.",
    Need.REFERRED: "The case of this family was closed on {closed}. A new one begins with a new referral that is "
    "accepted, and a closing that was a mistake can be taken back for some days.",
    Need.AGREED: "The family has not agreed to the service, so there is no case yet. Record its agreement first.",
    Need.READY: "The plan is not ready to be agreed yet.",
    Need.PLAN: "Only a plan that the family has agreed to is reviewed.",
    Need.OUTCOMES: "Say what became of each need: {needs}.",
    Need.STEPPED_UP: "A case is held while children's social care leads. Say that it was stepped up.",
    Need.STAYS_HERE: "This family waits to be handed over to {to}. Take that back, or let it be decided, first.",
    Need.IN_TIME: "A closing can be taken back for {days} days, and this one is older. A new case begins with a new "
    "referral.",
    Need.APART: "This family was made one with {one}, {reference}. Take the two apart before you take this closing "
    "back.",
    Need.NO_NEW_CASE: "A new case was opened on {opened}, so this closing stands.",
}
"""What is said to whoever tries without it. ``{…}`` is filled in by the verb, which knows the family."""
NOT_FROM: Mapping[Stage, str] = {
    Stage.NO_CASE: "This family has no open case.",
    Stage.HELD: "The case is held already since {held}.",
    Stage.CLOSING: "{who} has proposed to close this case. Confirm that, or send it back, first.",
    Stage.CLOSED: "This family has no open case.",
}
NOT_NOW = "This does not follow on “{stage}”."


class Move(StrEnum):
    ALLOCATE = "allocate"
    ALLOCATE_AGAIN = "allocate_again"
    HAND_OVER = "hand_over"
    BEGIN_ASSESSMENT = "begin_assessment"
    ASSESS = "assess"
    SIGN_LATE = "sign_late"
    BEGIN_PLAN = "begin_plan"
    PLAN = "plan"
    REVIEW = "review"
    STEP = "step"
    HOLD = "hold"
    GO_ON = "go_on"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    CLOSE = "close"
    TAKE_BACK = "take_back"


def _of(*needs: Need) -> frozenset[Need]:
    return frozenset(needs)


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    ``to``: the stage that it leads to once all below that is there too; None where the stage stays as the record says.
    ``needs``: it is refused without. ``makes``: what it leaves in the record, by which its stage shows.
    ``wants``: said to be missing on the page, and nobody is refused for it: who left takes nothing away of the work.
    ``second``: what whoever proposed or finished it themselves is told; empty where nobody has to be second.
    ``own``: what everybody is told whose own it is not; empty where it is nobody's own. ``late``: instead of the words
    of the stage it does not follow on.
    """

    verb: str
    frm: frozenset[Stage]
    to: Stage | None
    who: tuple[Can, ...]
    not_yours: str
    needs: frozenset[Need] = field(default_factory=frozenset)
    makes: Need | None = None
    wants: frozenset[Need] = field(default_factory=frozenset)
    second: str = ""
    own: str = ""
    late: str = ""

    @property
    def wanted(self) -> frozenset[Need]:
        """All that is there once it was taken: what a page says is missing."""
        return self.needs | self.wants | ({self.makes} if self.makes else set())


ALLOCATES = (Can.ALLOCATE,)
WORKS = (Can.WORK_FAMILY,)
SIGNS = (Can.SIGN_ASSESSMENT,)
WORKS_OR_REVIEWS = (Can.WORK_FAMILY, Can.REVIEW_FAMILY)
REVIEWS = (Can.REVIEW_FAMILY,)
PROPOSES, CLOSES = (Can.PROPOSE_CLOSING,), (Can.CLOSE_CASE,)
BEGINS = _of(Need.STANDS, Need.AGREED)
NOT_YOURS_TO_GIVE = "Only who allocates in the family's locality gives it to a worker."
NOT_YOURS_TO_WRITE = "Only who works with the family writes its assessment and its plan."
NOT_YOURS_TO_SIGN = "Only the seniors and managers of the family's locality sign off its assessment."
NOT_YOURS_TO_STEP = "Whoever works with the family or stands above that work says that it is stepped up or down."
NOT_YOURS_TO_CLOSE = "Only the seniors and managers of the family's locality close its case."
NOT_YOURS_TO_PROPOSE = "Only who works with the family proposes to close its case."
OWN_ASSESSMENT = "You finished this yourself. Somebody else signs it off or sends it back."
NO_PLAN = "The case of this family is closed, so no plan is written. A new case begins with a new referral."
SETTLED = "{settled}"

TRANSITIONS: Mapping[Move, Transition] = {
    Move.ALLOCATE: Transition(
        "Give it to a worker", frozenset({Stage.NO_CASE}), Stage.BEGUN, ALLOCATES, NOT_YOURS_TO_GIVE, BEGINS,
        makes=Need.WORKER,
    ),
    Move.ALLOCATE_AGAIN: Transition(
        "Give it to a worker again", frozenset({Stage.CLOSED}), Stage.BEGUN, ALLOCATES, NOT_YOURS_TO_GIVE,
        BEGINS | {Need.REFERRED}, makes=Need.WORKER,
    ),
    Move.HAND_OVER: Transition(
        "Give it to another worker", GOES_ON, None, ALLOCATES, NOT_YOURS_TO_GIVE, _of(Need.AGREED)
    ),
    Move.BEGIN_ASSESSMENT: Transition(
        "Begin an assessment", NOT_CLOSED, None, WORKS, NOT_YOURS_TO_WRITE,
        late="The case of this family is closed. A new assessment begins with a new case.",
    ),
    Move.ASSESS: Transition(
        "Sign off the assessment", NOT_CLOSED, Stage.ASSESSED, SIGNS, NOT_YOURS_TO_SIGN,
        makes=Need.ASSESSED, wants=_of(Need.WORKER), second=OWN_ASSESSMENT,
    ),
    Move.SIGN_LATE: Transition(
        "Sign off what was left unsigned", frozenset({Stage.CLOSED}), None, SIGNS, NOT_YOURS_TO_SIGN,
        second=OWN_ASSESSMENT,
    ),
    Move.BEGIN_PLAN: Transition("Begin a plan", NOT_CLOSED, None, WORKS, NOT_YOURS_TO_WRITE, late=NO_PLAN),
    Move.PLAN: Transition(
        "Agree on a plan with the family", NOT_CLOSED, Stage.PLANNED, WORKS, NOT_YOURS_TO_WRITE, _of(Need.READY),
        makes=Need.PLAN, wants=_of(Need.WORKER), late=NO_PLAN,
    ),
    Move.REVIEW: Transition(
        "Review the plan with the family", NOT_CLOSED, Stage.REVIEWED, WORKS,
        "Only who works with the family reviews its plan.", _of(Need.PLAN),
        makes=Need.REVIEWED, wants=_of(Need.WORKER), late=LACKS[Need.PLAN],
    ),
    Move.STEP: Transition(
        "Write down a step to social care or from it", GOES_ON, None, WORKS_OR_REVIEWS, NOT_YOURS_TO_STEP,
        late="The case of this family is not open.",
    ),
    Move.HOLD: Transition(
        "Hold it while social care leads", WORKED, Stage.HELD, WORKS_OR_REVIEWS, NOT_YOURS_TO_STEP,
        _of(Need.STEPPED_UP),
    ),
    Move.GO_ON: Transition(
        "Go on with it", frozenset({Stage.HELD}), None, REVIEWS,
        "Whoever stands above the work says that a case goes on that was held.", late="This case is not held any more.",
    ),
    Move.PROPOSE: Transition(
        "Propose to close it", OPEN, Stage.CLOSING, PROPOSES, NOT_YOURS_TO_PROPOSE, _of(Need.OUTCOMES)
    ),
    Move.SEND_BACK: Transition(
        "Send the proposal back", frozenset({Stage.CLOSING}), None, CLOSES, NOT_YOURS_TO_CLOSE,
        second="You proposed this yourself. Withdraw it instead of sending it back.", late=SETTLED,
    ),
    Move.WITHDRAW: Transition(
        "Withdraw the proposal", frozenset({Stage.CLOSING}), None, PROPOSES, NOT_YOURS_TO_PROPOSE,
        own="Only who proposed it takes it back. A senior can send it back.", late=SETTLED,
    ),
    Move.CONFIRM: Transition(
        "Close it as it was proposed", frozenset({Stage.CLOSING}), Stage.CLOSED, CLOSES, NOT_YOURS_TO_CLOSE,
        _of(Need.OUTCOMES, Need.STAYS_HERE),
        second="You proposed this yourself. Somebody else confirms it.", late=SETTLED,
    ),
    Move.CLOSE: Transition(
        "Close it", OPEN, Stage.CLOSED, CLOSES, NOT_YOURS_TO_CLOSE,
        _of(Need.OUTCOMES, Need.STAYS_HERE),
    ),
    Move.TAKE_BACK: Transition(
        "Take the closing back", frozenset({Stage.CLOSED}), None, CLOSES, NOT_YOURS_TO_CLOSE,
        _of(Need.IN_TIME, Need.APART, Need.NO_NEW_CASE), late=SETTLED,
    ),
}  # fmt: skip
LADDER = (Move.ALLOCATE, Move.ASSESS, Move.PLAN, Move.REVIEW)
"""The steps of an open case, in their order: it is where all that leads there is there."""


# Where a case is ---------------------------------------------------------------------------------------------------


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


def moves_from(stage: Stage) -> list[Move]:
    return [move for move, step in TRANSITIONS.items() if stage in step.frm]


# What the verbs ask ------------------------------------------------------------------------------------------------


class _Words(dict[str, object]):
    """What a sentence is filled in with; a word that nobody gave stays away."""

    def __missing__(self, key: str) -> str:
        return ""


def can_of(move: Move) -> Can:
    """Return the one right that a step takes."""
    (can,) = TRANSITIONS[move].who
    return can


def late(move: Move, stage: Stage, **words: object) -> str:
    """Return why a step does not follow on a stage; nothing where it does."""
    step = TRANSITIONS[move]
    if stage in step.frm:
        return ""
    said = (step.late or NOT_FROM.get(stage, "")).format_map(_Words(words))
    return said or NOT_NOW.format(stage=STAGE_NAMES[stage].lower())


def lacking(move: Move, there: Mapping[Need, bool], **words: object) -> tuple[Need, str] | None:
    """Return the first thing that a step needs and has not, with its sentence.

    ``there``: of each need of the row whether it is there. A verb that cannot tell of one breaks: so a need that is
    added here is asked for, or no test passes.
    """
    for need in Need:
        if need in TRANSITIONS[move].needs and not there[need]:
            return need, LACKS[need].format_map(_Words(words))
    return None


def refuse_unless(
    move: Move, *, stage: Stage, there: Mapping[Need, bool], by_second: bool = True, **words: object
) -> None:
    """Refuse a step that does not begin at this stage, lacks what it needs, or is not a second person's."""
    if said := late(move, stage, **words):
        raise NotAllowed(said)
    if (lacks := lacking(move, there, **words)) is not None:
        raise NotAllowed(lacks[1])
    if TRANSITIONS[move].second and not by_second:
        raise NotAllowed(TRANSITIONS[move].second)


def all_there(met: Iterable[Need]) -> dict[Need, bool]:
    """Return of every need whether it is among these."""
    found = frozenset(met)
    return {need: need in found for need in Need}
