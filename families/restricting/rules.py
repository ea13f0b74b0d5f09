"""Who may be named for a restricted family, and what naming has to keep to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from slf.access.rules import ROLES, Can, Role

CAN_BE_NAMED = (Role.MANAGER, Role.HEAD, Role.SENIOR, Role.FSW, Role.ESF, Role.BUSINESS)
"""Posts in which somebody may be named, those who decide first. The others see no family, or only feeds and claims."""


class Kind(StrEnum):
    """What a step did."""

    RESTRICTED = "restricted"
    NAMED = "named"
    LIFTED = "lifted"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.RESTRICTED: "Restricted to named people",
    Kind.NAMED: "Changed who may see it",
    Kind.LIFTED: "Restriction lifted",
}

NOBODY_DECIDES = (
    "Name at least one locality manager or head of service: somebody has to be able to change who is named and to lift "
    "the restriction"
)
NOT_IN_POST = "Somebody you named does not hold that post any more. Choose again"
WORKER_NOT_NAMED = "Only somebody who is named as a family support worker can work with the family"
CHANGED = "Somebody changed who may see this family while you were choosing. Look at it again."
NOT_RESTRICTED = "This family is not restricted."
NO_WAY_BACK = "The locality this family was open to before is not known. Ask the administrator of the service."


def decides(role: str) -> bool:
    """Tell whether a post in this role restricts families, names people and lifts restrictions."""
    return Can.RESTRICT_FAMILY in ROLES[Role(role)]


@dataclass(frozen=True, order=True)
class Part:
    """Somebody named, in one of their posts. Written ``12:manager`` where steps are kept."""

    user: int
    role: Role

    def __str__(self) -> str:
        return f"{self.user}:{self.role.value}"

    @classmethod
    def read(cls, text: str) -> "Part":
        user, _, role = text.partition(":")
        return cls(int(user), Role(role))


def written(parts: Iterable[Part]) -> list[str]:
    """Return the people named as a step keeps them: each once, in one order."""
    return [str(part) for part in sorted(set(parts))]


def wrong(parts: Iterable[Part], *, in_post: Iterable[Part], worker: int | None) -> str:
    """Return why these people cannot be the named ones; nothing when they can."""
    named = set(parts)
    if not named <= set(in_post):
        return NOT_IN_POST
    if not any(decides(part.role) for part in named):
        return NOBODY_DECIDES
    if worker is not None and Part(worker, Role.FSW) not in named:
        return WORKER_NOT_NAMED
    return ""


def differences(before: Iterable[Part], after: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """Return who was added and who was taken off."""
    was, now = set(before), set(after)
    return sorted(now - was), sorted(was - now)


def worker_lost(worker: str) -> str:
    """Say what becomes of the work of somebody who is not named."""
    return (
        f"{worker} works with this family and is not named. It stops being theirs at once: plan who works with the "
        "family next, and who tells the family."
    )
