"""The small pages of a referral, and what must be said on each before it is sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from families.needs.rules import NEEDS
from referrals.intake.rules.answers import ADULT_PARTS, CANNOT_AGREE, GIVEN, NOT_ENOUGH, REFUSED, Answers


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
        yield "Ring now, and say who you spoke to"


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
