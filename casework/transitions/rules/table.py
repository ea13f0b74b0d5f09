"""The table itself: a row for each step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casework.transitions.rules.words import LACKS, Need, Stage
from slf.access.rules import Can

WORKED = frozenset({Stage.BEGUN, Stage.ASSESSED, Stage.PLANNED, Stage.REVIEWED})
OPEN = WORKED | {Stage.HELD}
GOES_ON = OPEN | {Stage.CLOSING}
NOT_CLOSED = GOES_ON | {Stage.NO_CASE}
"""A plan or an assessment can be begun before anybody has the family; once its case is closed, with a new one."""


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
