"""Who can be in the team around a family, and what has to be said of them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from families.facts.rules import AGENCIES
from slf.web.errors import DomainError
from slf.web.words import day_in_words

LONGEST = 1000


class Kind(StrEnum):
    COLLEAGUE = "colleague"
    PROFESSIONAL = "professional"
    SERVICE = "service"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.COLLEAGUE: "A colleague of this service",
    Kind.PROFESSIONAL: "Somebody of another agency",
    Kind.SERVICE: "A service of the directory",
}
ANOTHER = "other"
AGENCY_NAMES: Mapping[str, str] = {**AGENCIES, ANOTHER: "Another agency or group"}


class WrongMember(DomainError):
    """An answer about the team that cannot be right; ``field`` names it."""

    status = 422
    title = "This cannot be right"

    def __init__(self, message: str, *, field: str):
        super().__init__(message)
        self.field = field


OVER = "The case of this family is closed, so nobody joins its team."
TO_COME = "Give a day that is not still to come."
JOINED = "They joined on {day}. Give that day or a later one."
ALREADY = "{name} is in the team already, since {day}."
HAS_LEFT = "{name} left the team on {day}."
WHY = "Write why they are no longer in the team."
WHO = "Choose who it is."
NAME = "Write the name."
WHERE = "Write which agency or group they are of."


def check_joining(kind: str, *, has_user: bool, has_service: bool, name: str, agency: str, organisation: str) -> None:
    """Refuse somebody of whom it is not said who they are."""
    if kind == Kind.COLLEAGUE and not has_user:
        raise WrongMember(WHO, field="colleague")
    if kind == Kind.SERVICE and not has_service:
        raise WrongMember("Choose the service.", field="service")
    if kind == Kind.PROFESSIONAL and not name.strip():
        raise WrongMember(NAME, field="name")
    if kind == Kind.PROFESSIONAL and (not agency or (agency == ANOTHER and not organisation.strip())):
        raise WrongMember(WHERE, field="organisation" if agency else "agency")


def check_day(day: date, *, on: date, field: str, since: date | None = None) -> None:
    if day > on:
        raise WrongMember(TO_COME, field=field)
    if since is not None and day < since:
        raise WrongMember(JOINED.format(day=day_in_words(since)), field=field)
