"""One table: from which stage a case goes to which, what that needs, who may, and whether a second person confirms.

A stage is never written down: it follows from what the record holds. The verbs ask this table before they act, and
refuse in its words; none has a check of its own of what stands here.
"""

from casework.transitions.rules.asking import can_of, lacking, late
from casework.transitions.rules.standing import Facts, missing, next_move, stage_of
from casework.transitions.rules.table import LADDER, OPEN, TRANSITIONS, WORKED, Move
from casework.transitions.rules.words import LACKS, NEED_NAMES, NOT_FROM, STAGE_NAMES, Need, Stage

__all__ = [
    "LACKS",
    "LADDER",
    "NEED_NAMES",
    "NOT_FROM",
    "OPEN",
    "STAGE_NAMES",
    "TRANSITIONS",
    "WORKED",
    "Facts",
    "Move",
    "Need",
    "Stage",
    "can_of",
    "lacking",
    "late",
    "missing",
    "next_move",
    "stage_of",
]
