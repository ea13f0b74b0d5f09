"""What a referral may say."""

from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, field
from datetime import date, datetime

from families.people.rules import household_name
from slf.policy.rules import Ticked
from slf.web.errors import DomainError


class WrongAnswer(DomainError):
    """An answer that cannot be right, whichever door it comes through."""

    status = 422
    title = "An answer cannot be right"


LONGEST_EVIDENCE = 1000
MOST_PEOPLE = 40
TOO_MANY = f"A referral names at most {MOST_PEOPLE} people."
NOT_AN_ADULT = "Who agreed must be one of the adults this referral names."
NOT_A_REFUSAL = "Choose why they refuse from the list."
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

RESPONSIBLE: Mapping[str, str] = {
    "yes": "Has parental responsibility",
    "not_known": "Not known",
    "no": "Has none",
}
RESPONSIBLE_CODES: Mapping[bool | None, str] = {True: "yes", None: "not_known", False: "no"}

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

    def may_agree(self, suffices: Ticked) -> bool:
        """Tell whether this person's agreement is enough for the family, by the table in force."""
        return (self.part, RESPONSIBLE_CODES[self.responsible]) in suffices

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
    refused_words: str = ""
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


def family_name(people: Iterable[PersonAnswer]) -> str:
    """Return the name the family goes by until it says otherwise: its first parent's, else its first person's."""
    named = [person for person in people if person.family_name]
    first = next((p for p in named if p.part == "parent"), None) or next(iter(named), None)
    return household_name(first.family_name) if first else ""
