"""What is said of progress that is worth a goal, by whom, and what becomes of it. No Django here."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from slf.policy.rules import ReasonList, Reasons, Setting
from slf.web.errors import DomainError

WHERE = "Payment by results"
LONGEST = 2000
WORTH_IT_BECAUSE: Mapping[str, str] = {
    "illness": "Illness or disability sets a limit to what can be reached",
    "kept_safe": "The risk has gone, though the goal as it was written has not been reached",
    "outside": "What is missing is not in the family's hands",
    "other": "Another reason",
}
REASONS: Setting[Reasons] = Setting(
    "equivalent_because", "Why progress counts as equal to a goal", WHERE, ReasonList(),
    [{"code": code, "label": label, "retired": False} for code, label in WORTH_IT_BECAUSE.items()],
    help="Goes into a claim with the decision. The words beside it stay in the record.",
)  # fmt: skip
SETTINGS = (REASONS,)


class State(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Mapping[State, str] = {
    State.PROPOSED: "Waits for a decision",
    State.APPROVED: "Approved",
    State.REFUSED: "Refused",
    State.WITHDRAWN: "Withdrawn",
}
TONES: Mapping[State, str] = {
    State.PROPOSED: "waiting", State.APPROVED: "good", State.REFUSED: "late", State.WITHDRAWN: "neutral",
}  # fmt: skip
OWN = "You proposed this yourself. Somebody else decides on it."
DECIDED = "{who} has decided on this already: {state}."
WAITS = "{who} has proposed this for the same need already. It waits for a decision."
NOT_YOURS = "Only whoever signs off the assessments of the family's locality decides on this."
NOT_YOURS_TO_PROPOSE = "Only who works with the family, or stands above that work, proposes this."
NOT_YOURS_TO_WITHDRAW = "Only whoever proposed it withdraws it."


class WrongEquivalent(DomainError):
    """What cannot be said of progress that is worth a goal; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


def check_said(because: str, words: str, *, offered: Collection[str]) -> None:
    if because not in offered:
        raise WrongEquivalent("Choose why it counts as equal.", field="because")
    if not words.strip():
        raise WrongEquivalent("Say what the family reached, and how that is known.", field="words")


def check_answer(approve: str, answer: str) -> bool:
    """Return whether it is approved; a refusal says why."""
    if approve not in ("yes", "no"):
        raise WrongEquivalent("Say whether you approve it.", field="approve")
    if approve == "no" and not answer.strip():
        raise WrongEquivalent("Say why you refuse it.", field="answer")
    return approve == "yes"
