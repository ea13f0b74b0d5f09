"""A referral: its states, what it may say, and what it must say before it is sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from families.needs.rules import NEEDS
from families.people.rules import household_name
from slf.web.errors import DomainError, NotAllowed

# States ----------------------------------------------------------------------------------------------------------


class State(StrEnum):
    DRAFT = "draft"
    RECEIVED = "received"
    ASKED = "asked"
    ACCEPTED = "accepted"
    ESF = "esf"
    SIGNPOSTED = "signposted"
    DECLINED = "declined"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return STATE_NAMES[self]


STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: "Draft",
    State.RECEIVED: "Received",
    State.ASKED: "More is asked",
    State.ACCEPTED: "Accepted",
    State.ESF: "Sent to the ESF provider",
    State.SIGNPOSTED: "Signposted to a service",
    State.DECLINED: "Declined",
    State.DISCARDED: "Deleted draft",
}


OPEN = frozenset({State.RECEIVED, State.ASKED})
"""Sent, and still to be decided."""

TAKEN_ON = frozenset({State.ACCEPTED, State.ESF})
"""Decided so that there is a family."""

DECIDED: Mapping[State, str] = {
    State.ACCEPTED: "accepted",
    State.ESF: "sent to the ESF provider",
    State.SIGNPOSTED: "signposted to a service",
    State.DECLINED: "declined",
}
"""Each decision, as it is said of a referral."""


class Action(StrEnum):
    SEND = "send"
    DISCARD = "delete"
    ASK = "ask about"
    PASS_ON = "pass on"  # noqa: S105  (no password)
    ACCEPT = "accept"
    SEND_TO_ESF = "share"
    SIGNPOST = "signpost"
    DECLINE = "decline"


TRANSITIONS: Mapping[Action, tuple[frozenset[State], State]] = {
    Action.SEND: (frozenset({State.DRAFT}), State.RECEIVED),
    Action.DISCARD: (frozenset({State.DRAFT}), State.DISCARDED),
    Action.ASK: (frozenset({State.RECEIVED}), State.ASKED),
    Action.PASS_ON: (frozenset({State.RECEIVED}), State.RECEIVED),
    Action.ACCEPT: (OPEN, State.ACCEPTED),
    Action.SEND_TO_ESF: (OPEN, State.ESF),
    Action.SIGNPOST: (OPEN, State.SIGNPOSTED),
    Action.DECLINE: (OPEN, State.DECLINED),
}


def next_state(state: State | str, action: Action) -> State:
    """Return where the action leads, or raise ``NotAllowed``."""
    before, after = TRANSITIONS[action]
    if state not in before:
        message = f"This referral is {State(state).label.lower()}. You cannot {action.value} it now."
        raise NotAllowed(message)
    return after


def may(state: State | str, action: Action) -> bool:
    return state in TRANSITIONS[action][0]


def reference_of(uid: UUID) -> str:
    """Return what to quote on the telephone. It says nothing about the family."""
    return f"R-{uid.hex[:4]}-{uid.hex[4:8]}".upper()


# Settings --------------------------------------------------------------------------------------------------------

DECIDE_WITHIN = 5
"""Working days in which a locality decides. Source: ``EXAMPLE``."""

EMERGENCY_NUMBER = "999"
DUTY_NUMBER = "0116 496 0123"
"""The children's duty line, from the numbers kept for made-up use. Source: ``EXAMPLE``."""


# Answers ---------------------------------------------------------------------------------------------------------


class WrongAnswer(DomainError):
    """An answer that cannot be right, whichever door it comes through."""

    status = 422
    title = "An answer cannot be right"


LONGEST_EVIDENCE = 1000
MOST_PEOPLE = 40
TOO_MANY = f"A referral names at most {MOST_PEOPLE} people."
NOT_AN_ADULT = "Who agreed must be one of the adults this referral names."
CANNOT_AGREE = "A family that does not know about the referral cannot have agreed to it. Change one of the two answers"
NOT_ENOUGH = (
    "cannot agree for the family alone: ask a parent or carer who lives with the children, or say that they have "
    "parental responsibility"
)
STILL_TO_COME = "The day they said so must be today or before."
TOO_LONG = f"What was seen of a need must be {LONGEST_EVIDENCE:,} characters or fewer."

CHILD = "child"
ADULT_PARTS: Mapping[str, str] = {
    "parent": "Parent or carer",
    "adult": "Other adult",
    "away": "Parent living elsewhere",
}
PARTS: Mapping[str, str] = {**ADULT_PARTS, CHILD: "Child"}
GIVEN, REFUSED, NOT_ASKED = "given", "refused", "not_asked"
AGREEMENTS: Mapping[str, str] = {
    GIVEN: "Yes, they agree to it",
    REFUSED: "No, they do not want it",
    NOT_ASKED: "Nobody has asked them yet",
}

REFUSALS: Mapping[str, str] = {
    "no_help": "They do not want help",
    "other_help": "They have help that they are content with",
    "no_trust": "They do not trust services like this",
    "not_now": "Not now, perhaps later",
    "not_said": "They did not say",
}
"""Why a family refuses, kept for the figures on demand. Source: ``EXAMPLE``."""

SUFFICES: frozenset[tuple[str, bool | None]] = frozenset({("parent", True), ("parent", None), ("adult", True)})
"""Whose agreement is enough, by part in the family and parental responsibility (None: not known). Somebody who lives
elsewhere has no say alone, and no veto. Source: ``EXAMPLE``."""

AGREEMENT_WORDS: Mapping[str, str] = {GIVEN: "Agreed", REFUSED: "Refused", NOT_ASKED: "Not asked yet"}


@dataclass(frozen=True)
class PersonAnswer:
    given_names: str = ""
    family_name: str = ""
    part: str = ""
    born_on: date | None = None
    born_estimated: bool = False
    school: str = ""
    upn: str = ""
    ni_number: str = ""
    responsible: bool | None = None

    @property
    def may_agree(self) -> bool:
        """Tell whether this person's agreement is enough for the family."""
        return (self.part, self.responsible) in SUFFICES

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def is_child(self) -> bool:
        return self.part == CHILD


@dataclass(frozen=True)
class Answers:
    """What a referral says so far. ``district`` is the one found by the postcode, or chosen when it is not known."""

    people: tuple[PersonAnswer, ...] = ()
    address: str = ""
    postcode: str = ""
    phone: str = ""
    safe_contact: str = ""
    district: str = ""
    needs: Mapping[str, str] = field(default_factory=dict)
    whole_family: bool | None = None
    whole_family_why: str = ""
    family_knows: bool | None = None
    agreement: str = ""
    agreed_on: date | None = None
    agreed_by: str = ""
    agreed_is_enough: bool = True
    refused_why: str = ""
    in_danger: bool | None = None
    spoke_to: str = ""
    told_to_ring_at: datetime | None = None

    @property
    def took_danger_back(self) -> bool:
        return self.told_to_ring_at is not None and not self.in_danger


def check_agreed_on(day: date | None, *, on: date) -> None:
    """Refuse an agreement on a day that is still to come."""
    if day and day > on:
        raise WrongAnswer(STILL_TO_COME)


def check_knows(*, family_knows: bool | None, agreement: str) -> None:
    if family_knows is False and agreement == GIVEN:
        raise WrongAnswer(f"{CANNOT_AGREE}.")


def not_in_county(postcode: str) -> str:
    """Return what to do about a postcode elsewhere in the country."""
    return (
        f"{postcode} is not in Leicestershire. Check the postcode; a family that lives there is referred to the "
        "council of that place"
    )


def check_number(people: Sized) -> None:
    if len(people) > MOST_PEOPLE:
        raise WrongAnswer(TOO_MANY)


def check_evidence(needs: Mapping[str, str]) -> None:
    if any(len(evidence) > LONGEST_EVIDENCE for evidence in needs.values()):
        raise WrongAnswer(TOO_LONG)


class Section(StrEnum):
    """The small pages of a referral, in the order they are asked."""

    DANGER = "danger"
    PEOPLE = "people"
    HOME = "home"
    NEEDS = "needs"
    AGREEMENT = "agreement"

    @property
    def heading(self) -> str:
        return SECTION_HEADINGS[self]


SECTION_HEADINGS: Mapping[Section, str] = {
    Section.DANGER: "Is anyone in danger now?",
    Section.PEOPLE: "People in the family",
    Section.HOME: "Where they live",
    Section.NEEDS: "What the family needs",
    Section.AGREEMENT: "What the family knows",
}


ANSWERED_ON: Mapping[Section, tuple[str, ...]] = {
    Section.DANGER: ("in_danger", "spoke_to"),
    Section.PEOPLE: ("people",),
    Section.HOME: ("address", "postcode", "phone", "safe_contact", "district"),
    Section.NEEDS: ("needs", "whole_family", "whole_family_why"),
    Section.AGREEMENT: ("family_knows", "agreement", "agreed_on", "agreed_by", "refused_why"),
}


def fingerprint(answers: Answers, section: Section) -> str:
    """Return what changes whenever an answer of one page does, so that a page opened before can be told."""
    said = [getattr(answers, name) for name in ANSWERED_ON[section]]
    return sha256(repr(said).encode()).hexdigest()[:16]


class Progress(StrEnum):
    NOT_STARTED = "Not started"
    STARTED = "In progress"
    COMPLETE = "Completed"


@dataclass(frozen=True)
class Missing:
    section: Section
    text: str


def family_name(people: Iterable[PersonAnswer]) -> str:
    """Return the name the family goes by until it says otherwise: its first parent's, else its first person's."""
    named = [person for person in people if person.family_name]
    first = next((p for p in named if p.part == "parent"), None) or next(iter(named), None)
    return household_name(first.family_name) if first else ""


def missing_in(section: Section, answers: Answers) -> list[str]:
    return list(MISSING_IN[section](answers))


def missing(answers: Answers) -> list[Missing]:
    """Return everything that has to be answered before the referral can be sent."""
    return [Missing(section, text) for section in Section for text in MISSING_IN[section](answers)]


def progress(answers: Answers) -> dict[Section, Progress]:
    """Return how far each page is."""
    return {section: _progress_of(section, answers) for section in Section}


def next_section(answers: Answers, *, after: Section) -> Section | None:
    """Return the next page that is not complete, those before it last; None when all are."""
    order = list(Section)
    later = order[order.index(after) + 1 :] + order[: order.index(after)]
    done = progress(answers)
    return next((section for section in later if done[section] is not Progress.COMPLETE), None)


def _progress_of(section: Section, answers: Answers) -> Progress:
    if not any(STARTED_BY[section](answers)):
        return Progress.NOT_STARTED
    return Progress.STARTED if any(MISSING_IN[section](answers)) else Progress.COMPLETE


STARTED_BY: Mapping[Section, Callable[[Answers], Iterable[object]]] = {
    Section.DANGER: lambda a: [a.in_danger is not None],
    Section.PEOPLE: lambda a: a.people,
    Section.HOME: lambda a: [a.address, a.postcode, a.phone, a.safe_contact],
    Section.NEEDS: lambda a: [*a.needs, a.whole_family is not None],
    Section.AGREEMENT: lambda a: [a.family_knows is not None, a.agreement],
}


def _missing_danger(answers: Answers) -> Iterator[str]:
    if answers.in_danger is None:
        yield "Say whether anyone is in danger now"
    if answers.in_danger and not answers.spoke_to:
        yield f"Ring {EMERGENCY_NUMBER} or {DUTY_NUMBER}, and say who you spoke to"


def _missing_people(answers: Answers) -> Iterator[str]:
    if not any(person.part in ADULT_PARTS for person in answers.people):
        yield "Add at least one adult"
    if not any(person.is_child for person in answers.people):
        yield "Add at least one child"
    for number, person in enumerate(answers.people, start=1):
        who = person.name or f"person {number}"
        for lacking, what in (
            (not person.given_names, "given name"),
            (not person.family_name, "family name"),
            (not person.born_on, "date of birth, or about how old they are"),
            (not person.part, "part in the family"),
        ):
            if lacking:
                yield f"Give the {what} of {who}"


def _missing_home(answers: Answers) -> Iterator[str]:
    if not answers.address:
        yield "Give the address"
    if not answers.postcode:
        yield "Give the postcode"
    elif not answers.district:
        yield "Say which district the postcode is in"


def _missing_needs(answers: Answers) -> Iterator[str]:
    if not answers.needs:
        yield "Choose at least one need"
    for kind, evidence in answers.needs.items():
        if not evidence:
            yield f"Say what you have seen: {NEEDS[kind]}"
    if answers.whole_family is None:
        yield "Say whether they would benefit from work with the whole family"
    if answers.whole_family and not answers.whole_family_why:
        yield "Say why work with the whole family would help"


def _missing_agreement(answers: Answers) -> Iterator[str]:
    if answers.family_knows is None:
        yield "Say whether the family knows about this referral"
    if not answers.agreement:
        yield "Say whether the family agrees to it"
    if answers.family_knows is False and answers.agreement == GIVEN:
        yield CANNOT_AGREE
    if answers.agreement == GIVEN and not answers.agreed_by:
        yield "Say who agreed"
    if answers.agreement == GIVEN and answers.agreed_by and not answers.agreed_is_enough:
        yield f"{answers.agreed_by} {NOT_ENOUGH}"
    if answers.agreement == REFUSED and not answers.refused_why:
        yield "Say why they refuse"
    if answers.agreement == GIVEN and not answers.agreed_on:
        yield "Say when they agreed"


MISSING_IN: Mapping[Section, Callable[[Answers], Iterator[str]]] = {
    Section.DANGER: _missing_danger,
    Section.PEOPLE: _missing_people,
    Section.HOME: _missing_home,
    Section.NEEDS: _missing_needs,
    Section.AGREEMENT: _missing_agreement,
}
