"""Supervision: who supervises whom, what may be decided on a family, when the next one is due, what both sign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from slf.access.rules import Rights, Role
from slf.policy.rules import Number, ReasonList, Reasons, Setting
from slf.web.errors import DomainError
from slf.web.words import day_in_words

WHERE = "Supervision"
DECIDE: Mapping[str, str] = {
    "continue": "Continue as planned",
    "change_plan": "Change the plan",
    "step_up": "Step up: more help, or children's social care",
    "step_down": "Step down: less help",
    "close": "Propose to close the case",
    "joint_visit": "Visit together",
    "other": "Another decision",
}
DECISIONS: Setting[Reasons] = Setting(
    "super_decisions", "What is decided on a family in supervision", WHERE, ReasonList(),
    [{"code": code, "label": label, "retired": False} for code, label in DECIDE.items()],
    help="Chosen for each family that is talked over.",
)  # fmt: skip
EVERY: Setting[int] = Setting(
    "super_every", "After how long the next line supervision is due", WHERE, Number("days", 7, 180), 28,
    help="No document gives this number: the county decides it here.",
)  # fmt: skip
WORKERS_EACH: Setting[int] = Setting(
    "super_workers", "How many workers one person supervises at most", WHERE, Number("workers", 1, 30), 8,
    source="Source documents: about 8 workers to each senior",
)  # fmt: skip
SETTINGS = (DECISIONS, EVERY, WORKERS_EACH)
LONGEST, LONGEST_WHAT = 2000, 300


class Kind(StrEnum):
    LINE = "line"
    CLINICAL = "clinical"
    GROUP = "group"
    AD_HOC = "ad_hoc"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.LINE: "Line supervision",
    Kind.CLINICAL: "Clinical supervision",
    Kind.GROUP: "Group supervision",
    Kind.AD_HOC: "In between, about something at hand",
}
KIND_CHOICES = [(kind.value, name) for kind, name in KIND_NAMES.items()]
MOST_WORKERS = 15

ABOVE: Mapping[Role, tuple[Role, ...]] = {
    Role.FSW: (Role.SENIOR, Role.MANAGER, Role.HEAD),
    Role.SENIOR: (Role.MANAGER, Role.HEAD),
    Role.MANAGER: (Role.HEAD,),
}
"""Who may supervise whom. The first one does; the others stand in, and know when it is due."""

LINE_ABOVE: Mapping[Role, tuple[Role, ...]] = {Role.FSW: (Role.MANAGER,), Role.SENIOR: (Role.HEAD,), Role.MANAGER: ()}
"""Who reads a worker's own part beside the two: the line above whoever supervises them."""

ROLE_CHOICES = [(role.value, role.label) for role in ABOVE]


def supervised_by(rights: Rights, scope: int) -> tuple[Role, ...]:
    """Return the roles that somebody supervises in one locality."""
    held = rights.roles_over(scope)
    return tuple(role for role, above in ABOVE.items() if held & set(above))


class WrongSupervision(DomainError):
    """An answer that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


NOT_YOURS = "Only whoever leads this supervision writes what is decided in it."
NOT_THEIRS = "You supervise nobody of that name. Choose from the list."
SETTLED = "Both have signed this on {day}. It is not changed any more: a new decision is made in the next supervision."
CALLED_OFF = "This supervision was called off."
HAS_DECISIONS = "Something is decided or signed already, so this supervision is not called off."
CHANGED = "Somebody changed this while you had it open. What stands there now is shown: look, then save again."
OTHER_DAY = "A supervision is written down when it has been held. Give today or an earlier day."
TOO_OLD = "Write a supervision down within {days} days."
HELD_WITHIN = timedelta(days=60)
NOT_IN_CASELOAD = "This family is not with {worker} now."
ALONE = "Only a group supervision has several workers."
NOBODY = "Choose at least one worker."
NOT_OPEN = "{owner} may not open this family now, and would not see it. Agree it with somebody else."
NOT_A_DECISION = "Choose the decision from the list."
SAY_WHAT = "Write what is to be done."
SAY_WHEN = "Give the day until which it is done."
BEFORE = "Give a day after the supervision."
NOT_YOUR_ACTION = "Only whoever it is agreed with, or works with the family, says that it is done."
NOT_YOUR_PART = "Only the two of you write in this part."
NOT_YOURS_TO_SIGN = "Only the two people of a supervision sign it, each for themselves."


@dataclass(frozen=True)
class Agreed:
    """One action: what, by when. Who it is agreed with is named beside it."""

    what: str
    due_on: date


@dataclass(frozen=True)
class OwnWords:
    """What a worker and whoever supervises them keep to themselves."""

    wellbeing: str = ""
    workload: str = ""
    development: str = ""


def check_begin(kind: str, *, held_on: date, workers: int, on: date) -> None:
    if kind not in set(Kind):
        raise WrongSupervision("Choose what kind of supervision it is.", field="kind")
    if held_on > on:
        raise WrongSupervision(OTHER_DAY, field="held_on")
    if held_on < on - HELD_WITHIN:
        raise WrongSupervision(TOO_OLD.format(days=HELD_WITHIN.days), field="held_on")
    if not 1 <= workers <= MOST_WORKERS:
        raise WrongSupervision(NOBODY, field="workers")
    if workers > 1 and kind != Kind.GROUP:
        raise WrongSupervision(ALONE, field="workers")


def check_decision(code: str, *, decisions: Reasons, before: str = "") -> None:
    """Refuse what is not on the list. A decision that was made stays, though it was retired since."""
    if code not in dict(decisions.choices) and code != before:
        raise WrongSupervision(NOT_A_DECISION, field="decision")


def check_action(what: str, due_on: date | None, *, held_on: date) -> Agreed | None:
    """Return the action that is agreed, if one is; refuse half of one."""
    if not what.strip() and due_on is None:
        return None
    if not what.strip():
        raise WrongSupervision(SAY_WHAT, field="what")
    if due_on is None:
        raise WrongSupervision(SAY_WHEN, field="due_on")
    if due_on < held_on:
        raise WrongSupervision(BEFORE, field="due_on")
    return Agreed(what.strip(), due_on)


def due_on(last: date | None, *, since: date, every: int) -> date:
    """Return when the next one is due: counted from the last, or from when the worker began."""
    return max(last, since) + timedelta(days=every) if last else since + timedelta(days=every)


@dataclass(frozen=True)
class Due:
    """When somebody is supervised next, and how late that is."""

    last: date | None
    day: date
    on: date

    @property
    def days_late(self) -> int:
        return max(0, (self.on - self.day).days)

    @property
    def is_overdue(self) -> bool:
        return self.day < self.on

    @property
    def words(self) -> str:
        if self.last is None:
            return "No supervision yet" if self.is_overdue else f"First due {day_in_words(self.day)}"
        return f"Due {day_in_words(self.day)}"


def latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)
