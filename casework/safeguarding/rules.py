"""A safeguarding concern: the routes it may go, what is done about it, in what time, and what becomes of a mistake."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from slf.policy.rules import Number, Setting, Telephone
from slf.web.errors import DomainError

WHERE = "Safeguarding"
TOGETHER = "Working Together to Safeguard Children"
LONGEST, SHORT = 10_000, 300


class Route(StrEnum):
    CHILD = "child"
    ADULT = "adult"
    ABUSE = "abuse"
    MISSING = "missing"
    EXPLOITED = "exploited"
    PREVENT = "prevent"
    STAFF = "staff"


@dataclass(frozen=True)
class RouteRules:
    """What a route is called, who outside is told of it, and which clocks run on it."""

    label: str
    hint: str
    tells: str
    in_writing: bool = False
    acknowledged: bool = False
    sees: str = "Its author, whoever works with the family, the seniors and the manager of the locality, the head"
    decides: str = "A senior or the manager of the locality"

    @property
    def is_hidden(self) -> bool:
        return self.decides == HEAD


HEAD = "A head of service"
ROUTES: Mapping[Route, RouteRules] = {
    Route.CHILD: RouteRules(
        "A child", "Harm or neglect of a child, or the risk of it", "children's social care",
        in_writing=True, acknowledged=True,
    ),
    Route.EXPLOITED: RouteRules(
        "Exploitation", "Sexual, criminal or forced work: of a child or an adult", "children's social care",
        in_writing=True, acknowledged=True,
    ),
    Route.MISSING: RouteRules("Somebody is missing", "Nobody knows where a child or an adult is", "the police"),
    Route.ABUSE: RouteRules(
        "Domestic abuse", "High risk goes to the MARAC, where agencies plan together", "the MARAC co-ordinator",
        in_writing=True,
    ),
    Route.ADULT: RouteRules(
        "An adult", "Harm to an adult who needs care or support", "adult social care", in_writing=True,
    ),
    Route.PREVENT: RouteRules(
        "Being drawn into terrorism", "What the duty called Prevent is about", "the police's Prevent team",
        in_writing=True,
    ),
    Route.STAFF: RouteRules(
        "Somebody who works with families",
        "What a colleague, a volunteer or somebody of another service is said to have done",
        "the designated officer for allegations", in_writing=True, acknowledged=True,
        sees="Its author and the heads of service, never the one it is about nor the team they work in", decides=HEAD,
    ),
}  # fmt: skip
ROUTE_CHOICES = [(route.value, found.label) for route, found in ROUTES.items()]


def hours(key: str, label: str, default: int, **more: str) -> Setting[int]:
    return Setting(key, label, WHERE, Number("hours", 1, 336), default, **more)


def days(key: str, label: str, default: int, **more: str) -> Setting[int]:
    return Setting(key, label, WHERE, Number("working days", 1, 60), default, **more)


REVIEW_WITHIN = hours("concern_review", "How soon a senior reviews a concern", 24)
TELL_WITHIN = hours("concern_tell", "How soon a concern that is to be referred is told by telephone", 4)
OFFICER_WITHIN = days("concern_officer", "How soon the designated officer hears of an allegation", 1, source=TOGETHER)
WRITTEN_WITHIN = hours("concern_written", "How soon a referral by telephone is followed up in writing", 48,
                       source=TOGETHER)  # fmt: skip
ACKNOWLEDGED_WITHIN = days("concern_ack", "How soon a referral is acknowledged", 1, source=TOGETHER)
OUTCOME_WITHIN = days("concern_outcome", "How soon it is known what becomes of a referral", 5)
ESCALATE_WITHIN = hours("concern_escalate", "How soon an answer that is overdue is taken further up", 24)
ADULT_NUMBER: Setting[str] = Setting(
    "adult_number", "The adults' duty line to ring about danger", WHERE, Telephone(), "0116 496 0155",
    help="Until it is confirmed, a number kept for made-up use stands here.",
)  # fmt: skip
OFFICER_NUMBER: Setting[str] = Setting(
    "officer_number", "The designated officer for allegations", WHERE, Telephone(), "0116 496 0177",
    help="Until it is confirmed, a number kept for made-up use stands here.",
)  # fmt: skip
SETTINGS = (
    REVIEW_WITHIN, TELL_WITHIN, OFFICER_WITHIN, WRITTEN_WITHIN, ACKNOWLEDGED_WITHIN, OUTCOME_WITHIN, ESCALATE_WITHIN,
    ADULT_NUMBER, OFFICER_NUMBER,
)  # fmt: skip


class Step(StrEnum):
    """What stands in a concern, one under the other. Nothing of it is ever changed."""

    RAISED = "raised"
    TOLD = "told"
    WRITTEN = "written"
    ACKNOWLEDGED = "acknowledged"
    OUTCOME = "outcome"
    ESCALATED = "escalated"
    ADDED = "added"
    REVIEWED = "reviewed"
    MISTAKE = "mistake"
    MISTAKE_LEFT = "mistake_left"
    MISTAKE_MADE = "mistake_made"


@dataclass(frozen=True)
class StepRules:
    """How a step reads when it is done and what it asks. ``who``: whom it names; ``results``: what it may say."""

    done: str
    verb: str
    words: str
    who: str = ""
    results: Mapping[str, str] = field(default_factory=dict)


OUTCOMES: Mapping[str, str] = {
    "enquiry": "They are making enquiries about harm (section 47, or section 42 for an adult)",
    "assessment": "They are assessing what is needed",
    "plan": "It goes on in a plan they have already",
    "advice": "They gave advice, and we go on",
    "nothing": "They are doing nothing more",
    "other": "Something else",
}
REFER, WATCH, NOT_ONE = "refer", "watch", "not_one"
DECISIONS: Mapping[str, str] = {
    REFER: "It is referred, or was rightly referred",
    WATCH: "It is not referred: we do what is written here",
    NOT_ONE: "It is no safeguarding matter",
}
DECISION_CHOICES = list(DECISIONS.items())
STEPS: Mapping[Step, StepRules] = {
    Step.RAISED: StepRules("Concern written down", "", "What is the concern?"),
    Step.TOLD: StepRules(
        "Told by telephone", "Say who was told by telephone", "What was said, and what did they answer?",
        who="Whom did you speak to?",
    ),
    Step.WRITTEN: StepRules(
        "Followed up in writing", "Say that it was followed up in writing", "What was sent, and how?",
        who="To whom was it sent?",
    ),
    Step.ACKNOWLEDGED: StepRules(
        "Acknowledged", "Say that it was acknowledged", "What did they say?", who="Who acknowledged it?"
    ),
    Step.OUTCOME: StepRules(
        "What became of it", "Say what became of it", "What did they say?", who="Who told you?", results=OUTCOMES
    ),
    Step.ESCALATED: StepRules(
        "Taken further up", "Take it further up", "Why, and what did they answer?", who="Who was asked?"
    ),
    Step.ADDED: StepRules("Added", "Add something", "What is to be added?"),
    Step.REVIEWED: StepRules(
        "Reviewed", "Review it", "Why, and what is to be done by whom?", results=DECISIONS
    ),
    Step.MISTAKE: StepRules(
        "Said to be entered in error", "It was entered in error", "Why was it a mistake?"
    ),
    Step.MISTAKE_LEFT: StepRules("No mistake: it stays", "It stays", "Why does it stay?"),
    Step.MISTAKE_MADE: StepRules("Entered in error", "It was a mistake", ""),
}  # fmt: skip
STEP_CHOICES = [(step.value, found.done) for step, found in STEPS.items()]
TAKEN = (Step.TOLD, Step.WRITTEN, Step.ACKNOWLEDGED, Step.OUTCOME, Step.ESCALATED, Step.ADDED)
"""What anybody who sees a concern may say was done about it."""
RESULTS = {**OUTCOMES, **DECISIONS}

REFERS: Mapping[str, str] = {
    "told": "I have told them by telephone",
    "now": "I am going to tell them now",
    "unsure": "I am not sure: a senior decides",
}
TELL_NOW = frozenset({"told", "now"})
KNOWS: Mapping[str, str] = {
    "yes": "Yes",
    "no": "No, not yet",
    "unsafe": "No: telling them could put somebody at risk",
}
ABOUT_NOBODY = "Say who it is about: a name, or what you know of them."
NO_TEAM = "Say in which locality they live, or where you met them."
NOT_YOURSELF = "Somebody else writes down what is said about you. Speak to a head of service."
OVER = "This was entered in error, so nothing is added to it."
NOT_YOURS = "This is not yours to do."
NOT_YOURS_TO_REVIEW = "You wrote this down yourself. Somebody else reviews it."
NOT_YOURS_TO_DECIDE = "You said yourself that this was a mistake. Somebody else decides on it."
ALREADY_SAID = "{who} has said already that this was entered in error. That is decided first."
NOTHING_SAID = "Nobody says that this was entered in error, or it is decided already."
SAME_FAMILY = "That is the family it stands with now."
NOT_BOTH = "You cannot open the family that it belongs to. Whoever sees both families decides on it."
REACHES_NOBODY = (
    "The concern is written down, but nobody here may read it to decide on it. Ring one of the numbers that stand "
    "above every concern."
)
MASKED = "Entered in error. What was written is kept, and is read by the manager and the head of service alone."


class WrongConcern(DomainError):
    """An answer about a concern that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Told:
    """What somebody says when they raise a concern. ``team`` and ``accused`` are ids."""

    route: str
    about: str
    words: str
    refers: str
    knows: str
    done: str = ""
    told_who: str = ""
    accused: int | None = None
    team: int | None = None


@dataclass(frozen=True)
class Said:
    """One step as somebody says it."""

    step: Step
    words: str
    who: str = ""
    result: str = ""


def check_told(told: Told, *, has_family: bool, by: int) -> None:
    """Refuse a concern that says nothing, is about nobody, or that no team would read."""
    if told.route not in set(Route):
        raise WrongConcern("Say what it is about.", field="route")
    if told.refers not in REFERS or told.knows not in KNOWS:
        raise WrongConcern("Choose one of the answers.", field="refers" if told.refers not in REFERS else "knows")
    if not told.words.strip():
        raise WrongConcern("Say what the concern is.", field="words")
    if not told.about.strip():
        raise WrongConcern(ABOUT_NOBODY, field="about")
    if told.refers == "told" and not told.told_who.strip():
        raise WrongConcern("Say whom you spoke to.", field="told_who")
    if told.route == Route.STAFF and told.accused == by:
        raise WrongConcern(NOT_YOURSELF, field="accused")
    if told.route != Route.STAFF and not has_family and told.team is None:
        raise WrongConcern(NO_TEAM, field="team")


def check_said(said: Said) -> None:
    asks = STEPS[said.step]
    if asks.results and said.result not in asks.results:
        raise WrongConcern("Choose one of the answers.", field="result")
    if asks.who and not said.who.strip():
        raise WrongConcern("Say who it was.", field="who")
    if not said.words.strip():
        raise WrongConcern("Say it in a sentence.", field="words")
