"""What internal audit may say of a claim, in the words of the field, and what follows from it."""

from collections.abc import Mapping
from enum import StrEnum

from slf.web.errors import Incomplete, NotAllowed


class Level(StrEnum):
    FULL = "full"
    SUBSTANTIAL = "substantial"
    LIMITED = "limited"
    NONE = "none"


LEVELS: Mapping[Level, str] = {
    Level.FULL: "Full assurance",
    Level.SUBSTANTIAL: "Substantial assurance",
    Level.LIMITED: "Limited assurance",
    Level.NONE: "No assurance",
}
MEANS: Mapping[Level, str] = {
    Level.FULL: "Every line tested is supported, and nothing is to be put right.",
    Level.SUBSTANTIAL: "Every line tested is supported; something is to be put right before the next claim.",
    Level.LIMITED: "There are weaknesses that put claims at risk. Say which.",
    Level.NONE: "The claim cannot be relied on. It is not signed.",
}
AFTER_A_FAILURE = (Level.LIMITED, Level.NONE)
"""What may be said while a line that was tested is not supported."""


def check(level: str, *, failed: int, reason: str) -> None:
    """Raise ``NotAllowed`` for an opinion that the findings do not bear, ``Incomplete`` for one without its reason."""
    if failed and level not in AFTER_A_FAILURE:
        message = "A line of the sample is not supported, so the opinion is limited or no assurance."
        raise NotAllowed(message)
    if level != Level.FULL and not reason.strip():
        raise Incomplete([("Say why", None)], "Anything but full assurance is given with its reason.")


def stops_signing(level: str, *, failed: int) -> str:
    """Return why a run is not signed after this opinion; nothing where it may be."""
    if level == Level.NONE:
        return "Internal audit gave no assurance, so this claim is not signed. Withdraw it and prepare another."
    if failed:
        return (
            "A line of the sample is not supported by its evidence, so this claim is not signed as it stands. "
            "Withdraw it and prepare another."
        )
    return ""
