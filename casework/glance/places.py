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
class SafeNote:
    """How and when it is safe to get in touch, as it was told, and with whom; no names: with everybody."""

    words: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One address with those who live there."""

    address: str
    postcode: str
    names: tuple[str, ...]
    phones: tuple[Phone, ...]

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.address, self.postcode) if part)


def safe_notes(household: Sequence[Membership]) -> list[SafeNote]:
    """Return each note once; whose it is where there are several, or where somebody lives elsewhere."""
    notes = once(member.safe_contact for member in household)
    one_for_all = len(notes) == 1 and len({(m.address, m.postcode) for m in household}) == 1
    return [
        SafeNote(note, () if one_for_all else names(m for m in household if m.safe_contact == note)) for note in notes
    ]


def places_of(household: Sequence[Membership]) -> list[Place]:
    """Return the places of a household in its order; somebody of whom nothing is known has none."""
    groups: dict[tuple[str, str], list[Membership]] = {}
    for member in household:
        if member.address or member.postcode or member.phone:
            groups.setdefault((member.address, member.postcode), []).append(member)
    return [place(*where, members) for where, members in groups.items()]


def place(address: str, postcode: str, members: Sequence[Membership]) -> Place:
    numbers = once(member.phone for member in members)
    phones = tuple(Phone(number, names(m for m in members if m.phone == number)) for number in numbers)
    return Place(address, postcode, names(members), phones)


def names(members: Iterable[Membership]) -> tuple[str, ...]:
    return tuple(str(member.person) for member in members)


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, in order, without empty ones."""
    return tuple(dict.fromkeys(text for text in texts if text))
