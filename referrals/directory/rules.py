"""Whom a service takes: from which level of need, of which age, sent by whom; and whether a family meets that."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from slf.policy.rules import Number, ReasonList, Reasons, Setting

WHERE = "The directory of services"
LEVELS: Mapping[int, str] = {
    1: "Level 1, what everybody gets",
    2: "Level 2, early help",
    3: "Level 3, help for the whole family",
    4: "Level 4, social care",
}
"""As the shared threshold document of the area names them. Source: ``EXAMPLE``."""
OLDEST = 120


class Sender(StrEnum):
    """Who may ask a service for a family."""

    ANYBODY = "anybody"
    PROFESSIONALS = "professionals"
    FAMILY = "family"
    HEALTH = "health"
    SCHOOLS = "schools"
    SOCIAL_CARE = "social_care"


SENDERS: Mapping[Sender, str] = {
    Sender.ANYBODY: "Anybody, the family itself too",
    Sender.PROFESSIONALS: "Anybody who works with the family",
    Sender.FAMILY: "The family itself only",
    Sender.HEALTH: "Health services only",
    Sender.SCHOOLS: "Schools only",
    Sender.SOCIAL_CARE: "Children's social care only",
}
BY_US = frozenset({Sender.ANYBODY, Sender.PROFESSIONALS})


class Missed(StrEnum):
    """What a family does not meet of what a service asks for."""

    LEVEL = "level"
    AGE = "age"
    SENDER = "sender"


MISSED_NAMES: Mapping[Missed, str] = {
    Missed.LEVEL: "Under its threshold",
    Missed.AGE: "Not of the age it takes",
    Missed.SENDER: "It has to be asked by somebody else",
}
ALL_THE_SAME: Mapping[str, str] = {
    "not_here": "Nothing for this level of need or age is available here",
    "near": "Just under the threshold, and it gets worse",
    "agreed": "The service agreed to look at it",
    "social_care": "Social care is involved, which is not in what is recorded here",
    "other": "Another reason",
}
WHY_ALL_THE_SAME: Setting[Reasons] = Setting(
    "service_all_the_same", "Why a service is asked although the family does not meet what it asks for", WHERE,
    ReasonList(), [{"code": code, "label": label, "retired": False} for code, label in ALL_THE_SAME.items()],
    help="Chosen when a service is asked, or a family sent on to it; commissioning counts by it.",
)  # fmt: skip
LEVEL_TWO: Setting[int] = Setting(
    "level_two_needs", "From how many needs a family is taken to be at level 2", WHERE, Number("needs", 1, 13), 1,
    help="Different needs that are on its record, or in its referral.",
)  # fmt: skip
LEVEL_THREE: Setting[int] = Setting(
    "level_three_needs", "From how many needs a family is taken to be at level 3", WHERE, Number("needs", 1, 13), 5,
    help="Different needs that are on its record, or in its referral. Level 4 is for social care to say.",
)  # fmt: skip
SETTINGS = (WHY_ALL_THE_SAME, LEVEL_TWO, LEVEL_THREE)


@dataclass(frozen=True)
class Terms:
    """Whom a service takes. Nothing: anybody."""

    level: int | None = None
    youngest: int | None = None
    oldest: int | None = None
    sender: str = Sender.ANYBODY


@dataclass(frozen=True)
class Known:
    """What is known of a family, or of the person a service is for: the level its needs make, and ages in years."""

    level: int
    ages: Collection[int] = ()


def level_of(needs: int, *, two: int, three: int) -> int:
    """Return the level of need that so many different needs make."""
    return 3 if needs >= three else 2 if needs >= two else 1


def missed(terms: Terms, known: Known) -> list[Missed]:
    """Return what a family does not meet. Nobody's age is known: that is not held against it."""
    found = []
    if terms.level and known.level < terms.level:
        found.append(Missed.LEVEL)
    if known.ages and not any(is_of_age(terms, age) for age in known.ages):
        found.append(Missed.AGE)
    if terms.sender not in BY_US:
        found.append(Missed.SENDER)
    return found


def is_of_age(terms: Terms, age: int) -> bool:
    return (terms.youngest or 0) <= age <= (OLDEST if terms.oldest is None else terms.oldest)


def terms_in_words(terms: Terms) -> str:
    """Return what a service asks for: "Level 3, help for the whole family. From 11 to 16 years"."""
    who = "" if terms.sender == Sender.ANYBODY else SENDERS[Sender(terms.sender)]
    level = f"From {LEVELS[terms.level][0].lower()}{LEVELS[terms.level][1:]}" if terms.level else ""
    return ". ".join(filter(None, (level, ages_in_words(terms), who)))


def ages_in_words(terms: Terms) -> str:
    if terms.youngest is None and terms.oldest is None:
        return ""
    if terms.oldest is None:
        return f"From {terms.youngest} years on"
    return f"From {terms.youngest} to {terms.oldest} years" if terms.youngest else f"Up to {terms.oldest} years"


def warning(name: str, terms: Terms, known: Known, found: Collection[Missed]) -> str:
    """Return what is said to whoever chooses a service that the family does not meet, with what to do."""
    said = {
        Missed.LEVEL: f"{name} takes families from level {terms.level} on; what is recorded makes level {known.level}",
        Missed.AGE: f"{name} is for other ages: {ages_in_words(terms).lower()}",
        Missed.SENDER: f"{name} is asked by others: {SENDERS[Sender(terms.sender)].lower()}",
    }
    return f"{'. '.join(said[one] for one in found)}. Choose another one, or say why it is asked all the same."
