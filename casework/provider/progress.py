"""Progress to work as evidence: which steps there are, what shows them, and when the next is looked for. No Django."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.provider.counted import Outcome
from casework.provider.rules import Due, WrongProvision, check_day
from slf.web.words import day_in_words


class Toward(StrEnum):
    """A step toward work, and in it."""

    WORK_PROGRAMME = "work_programme"
    ESF_ATTACHED = "esf_attached"
    TRAINING = "training"
    WORK = "work"
    WORK_13 = "work_13"
    WORK_26 = "work_26"


TOWARD_NAMES: Mapping[Toward, str] = {
    Toward.WORK_PROGRAMME: "Volunteered for the Work Programme",
    Toward.ESF_ATTACHED: "Attached to ESF provision",
    Toward.TRAINING: "Began training",
    Toward.WORK: "Began work",
    Toward.WORK_13: "Still in work after 13 weeks",
    Toward.WORK_26: "Still in work after 26 weeks",
}
STILL_AFTER: Mapping[Toward, int] = {Toward.WORK_13: 13, Toward.WORK_26: 26}
STILL = frozenset(STILL_AFTER)
IN_WORK = STILL | {Toward.WORK}
BY_HAND = tuple(step for step in Toward if step is not Toward.ESF_ATTACHED)
"""What is written down by itself; that somebody is attached follows from the provision's beginning."""
OUTCOMES: Mapping[Toward, Outcome] = {
    Toward.WORK_PROGRAMME: Outcome.PROGRESS,
    Toward.ESF_ATTACHED: Outcome.PROGRESS,
    Toward.TRAINING: Outcome.TRAINING,
    Toward.WORK: Outcome.EMPLOYMENT,
    Toward.WORK_13: Outcome.EMPLOYMENT,
    Toward.WORK_26: Outcome.EMPLOYMENT,
}


class Evidence(StrEnum):
    PAYSLIP = "payslip"
    CONTRACT = "contract"
    EMPLOYER = "employer"
    TAX = "tax"
    LETTER = "letter"
    PROVIDER = "provider"
    BENEFIT = "benefit"
    SAID = "said"


EVIDENCE_NAMES: Mapping[Evidence, str] = {
    Evidence.PAYSLIP: "Payslip",
    Evidence.CONTRACT: "Contract of employment",
    Evidence.EMPLOYER: "Letter or call from the employer",
    Evidence.TAX: "Record of tax or tax credits",
    Evidence.LETTER: "Letter from the Jobcentre, a college or a trainer",
    Evidence.PROVIDER: "The provider's own record",
    Evidence.BENEFIT: "Record that a benefit ended",
    Evidence.SAID: "They said so",
}
PROVES_WORK = frozenset({Evidence.PAYSLIP, Evidence.CONTRACT, Evidence.EMPLOYER, Evidence.TAX})
"""That a benefit ended, or that somebody says so, is no evidence of work (P1-R-CE-c, check 15)."""
NO_EVIDENCE = "Say what was seen."
NO_STEP = "Say which step it is."
WHO_SAW = "Say who has seen it."
WHY_BACK = "Write why it is taken back."
NO_WORK = "Write down first when they began work."
NOT_SO_LONG = "They began work on {day}; {weeks} weeks are over on {over}."
SEEN_TOO_EARLY = "What shows work on that day was seen on it or later."


@dataclass(frozen=True)
class Told:
    """One step toward work: which, when, and what shows it, seen by whom and when."""

    step: str
    happened_on: date
    evidence: str
    seen_by: str
    seen_on: date
    words: str = ""


def shows(step: str, evidence: str) -> bool:
    """Tell whether this is evidence of the step, as PostgreSQL does when it makes a fact of it."""
    if step == Toward.TRAINING:
        return False
    return evidence in PROVES_WORK if step in IN_WORK else evidence != Evidence.SAID


def check_told(told: Told, *, work_on: date | None, after: date, on: date) -> None:
    """Refuse a step without evidence, one of a day to come, and work that is not that old yet."""
    if told.step not in set(Toward):
        raise WrongProvision(NO_STEP, field="step")
    if told.evidence not in set(Evidence):
        raise WrongProvision(NO_EVIDENCE, field="evidence")
    if not told.seen_by.strip():
        raise WrongProvision(WHO_SAW, field="seen_by")
    check_day("happened_on", told.happened_on, after=after, on=on)
    in_work = told.step in IN_WORK
    check_day("seen_on", told.seen_on, after=None, on=on)
    if in_work and told.seen_on < told.happened_on:
        raise WrongProvision(SEEN_TOO_EARLY, field="seen_on")
    if told.step in STILL:
        check_long_enough(Toward(told.step), told.happened_on, work_on=work_on)


def check_long_enough(step: Toward, day: date, *, work_on: date | None) -> None:
    if work_on is None:
        raise WrongProvision(NO_WORK, field="step")
    over = work_on + timedelta(weeks=STILL_AFTER[step])
    if day < over:
        said = NOT_SO_LONG.format(day=day_in_words(work_on), weeks=STILL_AFTER[step], over=day_in_words(over))
        raise WrongProvision(said, field="happened_on")


def next_check(work_on: date | None, there: Collection[str]) -> Due | None:
    """Return when it is next asked whether somebody is still in work."""
    if work_on is None:
        return None
    for step, weeks in sorted(STILL_AFTER.items(), key=lambda pair: pair[1]):
        if step not in there:
            asks = f"See whether they are still in work, after {weeks} weeks"
            return Due(asks, work_on + timedelta(weeks=weeks), is_about_work=True)
    return None
