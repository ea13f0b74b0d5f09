"""Where the members of a household live and how to reach them, one entry for each address."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from families.people.models import Membership


@dataclass(frozen=True)
class Phone:
    """A number and whose it is. ``dialled``: what a telephone is told to ring."""

    number: str
    names: tuple[str, ...]

    @property
    def dialled(self) -> str:
        return re.sub(r"[^+0-9]", "", self.number)


@dataclass(frozen=True)
class Place:
    """One address with those who live there. ``safe``: how and when it is safe to get in touch, as it was told."""

    address: str
    postcode: str
    names: tuple[str, ...]
    phones: tuple[Phone, ...]
    safe: tuple[str, ...]

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.address, self.postcode) if part)


def places_of(household: Sequence[Membership]) -> list[Place]:
    """Return the places of a household in its order; somebody of whom nothing is known has none."""
    groups: dict[tuple[str, str], list[Membership]] = {}
    for member in household:
        if member.address or member.postcode or member.phone or member.safe_contact:
            groups.setdefault((member.address, member.postcode), []).append(member)
    return [place(*where, members) for where, members in groups.items()]


def place(address: str, postcode: str, members: Sequence[Membership]) -> Place:
    numbers = once(member.phone for member in members)
    phones = tuple(Phone(number, names(m for m in members if m.phone == number)) for number in numbers)
    return Place(address, postcode, names(members), phones, once(member.safe_contact for member in members))


def names(members: Iterable[Membership]) -> tuple[str, ...]:
    return tuple(str(member.person) for member in members)


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, in order, without empty ones."""
    return tuple(dict.fromkeys(text for text in texts if text))
