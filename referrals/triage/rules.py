"""Triage: the clock on a referral, the reasons to decline one, and what the referrer is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from referrals.intake.rules import Answers
from referrals.intake.words import moment_in_words
from slf.policy.rules import ReasonList, Reasons, Setting
from slf.web.words import day_in_words

DECLINED_BECAUSE: Mapping[str, str] = {
    "no_agreement": "The family does not agree",
    "one_need": "One need that another service can meet",
    "known": "The family already has help that fits",
    "no_reply": "The referrer did not reply",
    "elsewhere": "The family does not live in Leicestershire",
    "other": "Another reason",
}
REASONS: Setting[Reasons] = Setting(
    "decline_reasons", "Why a referral is declined", "Deciding on referrals", ReasonList(),
    [{"code": code, "label": label, "retired": False} for code, label in DECLINED_BECAUSE.items()],
    help="Chosen by whoever declines a referral, and counted in the figures on demand.",
)  # fmt: skip
NOBODY_REPLIES = (
    "The family referred itself, and nobody would see a question here. Get in touch in the way it said is safe."
)
TELL_THEM = "Tell the family yourself, in the way it said is safe."
REFERRER_TOLD = "The referrer has been told."
NOT_A_REASON = "Choose why it is declined from the list."

ELSEWHERE = (
    "Checks against families elsewhere are made by the duty manager. You are told here when there is something to do."
)
"""Said of every referral, whether or not a family out of the viewer's sight is like it."""

TO_DO: Mapping[str, str] = {
    "linked": "The duty manager has linked this referral with a record elsewhere. Speak to {by} before work begins.",
}
"""What the team is told by an answer; by the others it is told nothing, as where nobody was asked."""

APRIL = 4
SOON = 1
"""Working days left at which the clock draws the eye. Source: ``EXAMPLE``."""


@dataclass(frozen=True)
class Clock:
    """How long a referral has waited and how long is left, in working days."""

    waited: int
    left: int
    is_stopped: bool = False

    @property
    def is_overdue(self) -> bool:
        return self.left < 0

    @property
    def words(self) -> str:
        if self.is_stopped:
            return f"Clock stopped, {working_days(max(0, self.left))} left"
        if self.is_overdue:
            return f"Overdue by {working_days(-self.left)}"
        return "Due today" if self.left == 0 else f"Due in {working_days(self.left)}"

    @property
    def tone(self) -> str:
        if self.is_overdue and not self.is_stopped:
            return "late"
        return "attention" if self.left <= SOON else "waiting"


def danger_in_words(answers: Answers) -> str:
    """Return what triage is told of a danger that was reported, taken back or not; nothing where none was."""
    if answers.told_to_ring_at is None:
        return ""
    told = (
        f"Told by telephone: {answers.spoke_to}." if answers.spoke_to else "Nobody is named who was told by telephone."
    )
    if answers.in_danger:
        return f"The referrer reported danger and rang before writing. {told}"
    return (
        f"The referrer first answered that somebody is in danger, and was told to ring on "
        f"{moment_in_words(answers.told_to_ring_at)}. Then the answer was changed to “no”. {told}"
    )


def told_in_words(*, is_own: bool) -> str:
    """Say who was told of a decision, or who has to be."""
    return TELL_THEM if is_own else REFERRER_TOLD


def to_do(answer: str, *, by: str) -> str:
    return TO_DO.get(answer, "").format(by=by)


def unheard_in_words(questions: int) -> str:
    """Say how many questions are about families closed to everybody who decides; which ones it does not say."""
    if questions == 0:
        return ""
    if questions == 1:
        return "1 question about a restricted family waits"
    return f"{questions:,} questions about restricted families wait"


def working_days(number: int) -> str:
    return f"{number} working {'day' if number == 1 else 'days'}"


def accepted_message(team: str, *, on: date) -> str:
    return (
        f"The {team} team accepted your referral on {day_in_words(on)}. A family support worker will get in touch "
        "with the family."
    )


def esf_message(team: str, *, on: date) -> str:
    return (
        f"The {team} team sent the family to the ESF provider on {day_in_words(on)}, with its agreement. The provider "
        "gets in touch with the family."
    )


def signposted_message(team: str, *, service: str, offers: str, reached: str, on: date) -> str:
    return (
        f"The {team} team suggests another service instead ({day_in_words(on)}): {service}, {reached}. {offers} "
        "Please tell the family, or go with them."
    )


def settled_message(done: str, *, by: str, on: date) -> str:
    """Say who was first: "Already accepted by Ann Senior on 15 October 2014."."""
    return f"Already {done} by {by} on {day_in_words(on)}."


def year_began(day: date) -> date:
    """Return the first of April that the service's year of a day began on."""
    return date(day.year if day.month >= APRIL else day.year - 1, APRIL, 1)
