"""What a verb asks the table before it acts."""

from collections.abc import Mapping

from casework.transitions.rules.table import TRANSITIONS, Move
from casework.transitions.rules.words import LACKS, NOT_FROM, NOT_NOW, STAGE_NAMES, Need, Stage
from slf.access.rules import Can


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
