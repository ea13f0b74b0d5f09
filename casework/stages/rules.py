"""Steps up to children's social care and down from it: what they are called, and what has to be said of one.

Whether a case can be stepped up, held or gone on with is in the table of ``casework.transitions``.
"""

from collections.abc import Mapping
from enum import StrEnum

from slf.web.errors import DomainError

LONGEST, LONGEST_WHOM = 2000, 200


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


SAID_OTHERWISE = "{who} has written this step down already, and says otherwise of it. Read it with the case first."
ALREADY_SAID = "{who} has said already that it was acknowledged."


def check_step(way: str, *, happened_on: object, on: object, whom: str, reason: str, then: str) -> None:
    if way not in set(Way):
        raise WrongStep("Say whether it was stepped up or down.", field="way")
    if happened_on > on:  # type: ignore[operator]
        raise WrongStep("The day must be today or earlier.", field="happened_on")
    if not whom.strip():
        raise WrongStep("Say to which team, or from which.", field="whom")
    if not reason.strip():
        raise WrongStep("Say why.", field="reason")
    if then not in set(Then) or (way == Way.DOWN and then == Then.CLOSES):
        raise WrongStep("Say what becomes of our case.", field="then")
