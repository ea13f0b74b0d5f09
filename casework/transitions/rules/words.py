"""The stages of a case and what they need, with what is said to whoever tries without it."""

from collections.abc import Mapping
from enum import StrEnum


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
