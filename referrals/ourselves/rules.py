"""What a family is asked when it refers itself, in which order, and what follows from it. No Django here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from families.contact.rules import CHANNELS, Channel, Rule
from families.needs.rules import NEEDS
from referrals.intake.rules import GIVEN, NOT_ASKED, PersonAnswer
from slf.policy.rules import Ticked

AGENCY = "The family itself"
ACCOUNT = "family.itself"
"""The account in whose name a family's own referral is written. Nobody signs in with it and it holds no post."""

KEPT_FOR = timedelta(minutes=30)
"""How long what was typed waits for its sender, from the last page on."""

LONGEST_WORDS = 1000
MOST_OTHERS = 20


class Step(StrEnum):
    """The small pages, in the order they are asked."""

    DANGER = "danger"
    YOU = "you"
    REACH = "reach"
    HOUSEHOLD = "household"
    HOME = "home"
    HELP = "help-with"
    AGREE = "agree"

    @property
    def heading(self) -> str:
        return HEADINGS[self]

    @property
    def before(self) -> "Step | None":
        """Return the page that is asked before this one."""
        order = list(Step)
        place = order.index(self)
        return order[place - 1] if place else None

    @property
    def template(self) -> str:
        return "household" if self is Step.HOUSEHOLD else "step"


HEADINGS: Mapping[Step, str] = {
    Step.DANGER: "Is anyone in danger now?",
    Step.YOU: "Who are you?",
    Step.REACH: "How can we reach you safely?",
    Step.HOUSEHOLD: "Who lives with you?",
    Step.HOME: "Where do you live?",
    Step.HELP: "What would you like help with?",
    Step.AGREE: "May we get in touch?",
}

OWN_WORDS: Mapping[str, str] = {
    "services": "Too many services, and nobody who sees the whole",
    "housing": "Where we live: too small, not safe, or we may lose it",
    "high_risk_behaviour": "Drink, drugs or things that get somebody hurt",
    "poverty": "Money, debts or finding work",
    "health": "Health, low mood, worry or a disability",
    "crime": "Trouble with the police, or a crime done to us",
    "education": "School: going there, getting on there",
    "domestic_violence": "Somebody at home hurts, frightens or controls us",
    "parenting": "Looking after the children: sleep, tempers, rules",
    "relationships": "Getting on with each other, or being alone",
    "resilience": "Everything gets too much",
    "choice": "Others decide about us, and we have no say",
    "aspiration": "We do not know how things could get better",
}
"""The thirteen needs as families say them. The wording is an example, not Leicestershire policy."""

PARTS: Mapping[str, str] = {
    "parent": "A parent, or I look after the children like one",
    "adult": "Another adult of the family",
    "child": "I am under 18",
}
OTHERS: Mapping[str, str] = {
    "child": "A child or young person",
    "parent": "A parent or carer",
    "adult": "Another adult",
}


@dataclass(frozen=True)
class Reach:
    """How the sender can be reached so that it hurts nobody: by which ways, when, and what must not be left behind."""

    phone: str = ""
    may_ring: bool = False
    may_text: bool = False
    may_leave_message: bool = False
    days: tuple[int, ...] = ()
    after: time | None = None
    before: time | None = None
    other_way: str = ""

    def rules(self, who: str) -> Iterator[Rule]:
        """Return the coded rules of safe contact that follow: a way that was not allowed is never."""
        only = "" if self.may_leave_message else who
        for channel, may in ((Channel.CALL, self.may_ring), (Channel.TEXT, self.may_text)):
            if may:
                answers = only if channel == Channel.CALL else ""
                yield Rule(channel, days=self.days, after=self.after, before=self.before, who_answers=answers)
            else:
                yield Rule(channel, never=True)

    def words(self, who: str) -> list[tuple[str, str]]:
        """Return what triage reads first."""
        said = [(CHANNELS[rule.channel], self._way(rule)) for rule in self.rules(who)]
        message = "May be left" if self.may_leave_message else "Must not be left"
        return [*said, ("A message", message), ("Another safe way", self.other_way or "None named")]

    def _way(self, rule: Rule) -> str:
        return "Never" if rule.never else f"Yes, {rule.words}"


def agreement_of(sender: PersonAnswer, *, suffices: Ticked) -> str:
    """Return what is known of the family's agreement: given, unless somebody with more say has to be asked first."""
    return GIVEN if sender.may_agree(suffices) else NOT_ASKED


def evidence_of(needs: list[str], words: str) -> dict[str, str]:
    """Return the needs with what is kept of each: that the family says so, and once its own words."""
    said = {kind: "The family says so itself." for kind in NEEDS if kind in needs}
    if words and said:
        said[next(iter(said))] = f"The family says so itself: “{words}”"
    return said


def digest_of(told: Mapping[str, Any]) -> str:
    """Return a fingerprint of everything a family said: the same words sent twice on a day are one referral."""
    said = sorted((name, value) for name, value in told.items() if name != "uid")
    return sha256(repr(said).encode()).hexdigest()
