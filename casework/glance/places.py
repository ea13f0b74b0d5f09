"""Where the members of a household live and how to reach them, one entry for each address."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from families.addresses.models import Home
from families.addresses.models import Phone as Number
from families.contact.rules import Channel, Rule
from families.contact.services import safe_with_all
from families.people.models import Membership


@dataclass(frozen=True)
class Phone:
    """A number and whose it is. ``dialled``: what a telephone is told to ring."""

    number: str
    names: tuple[str, ...]
    not_now: str = ""  # the rule of safe contact that ringing it now would break

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
    protected: bool = False
    part_time: bool = False

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.address, self.postcode) if part)


Where = tuple[str, str, bool, bool]
"""Address, postcode, whether it is protected, and whether it is where somebody lives part of the time."""
NOT_KNOWN: Where = ("", "", False, False)


def safe_notes(
    household: Sequence[Membership], places: Sequence[Place], rules: Mapping[int, Sequence[Rule]]
) -> list[SafeNote]:
    """Return each note once; whose it is where there are several, or where somebody lives elsewhere.

    What a rule that holds says in the same words is told by that rule.
    """
    told = {
        m.pk: m.safe_contact for m in household if m.safe_contact not in {r.told for r in rules.get(m.person.pk, ())}
    }
    notes = once(told.values())
    one_for_all = len(notes) == 1 and len(places) < 2 and len(told) == len(household) and all(told.values())
    return [
        SafeNote(note, () if one_for_all else names(m for m in household if told.get(m.pk) == note)) for note in notes
    ]


def places_of(household: Sequence[Membership], homes: Iterable[Home], phones: Iterable[Number]) -> list[Place]:
    """Return the places of a household in its order; somebody of whom nothing is known has none.

    Of somebody who was entered twice, what was written of either entry is told.
    """
    living, numbers = defaultdict(list), defaultdict(list)
    for home in homes:
        living[home.membership.person.pk].append(home)
    for phone in phones:
        numbers[phone.membership.person.pk].append(phone)
    groups: dict[Where, list[Membership]] = {}
    for member in household:
        for where in wheres(living[member.person.pk], numbers[member.person.pk]):
            groups.setdefault(where, []).append(member)
    return [place(where, members, numbers) for where, members in groups.items()]


def wheres(homes: Sequence[Home], numbers: Sequence[Number]) -> list[Where]:
    """Return where one member lives; of somebody with a telephone and no address, that it is not known."""
    found = [(home.address, home.postcode, home.protected, home.use == Home.Use.SECOND) for home in homes]
    return list(dict.fromkeys(found)) or ([NOT_KNOWN] if numbers else [])


def place(where: Where, members: Sequence[Membership], numbers: Mapping[int, Sequence[Number]]) -> Place:
    address, postcode, protected, part_time = where
    theirs = once(phone.number for m in members for phone in numbers[m.person.pk])
    phones = tuple(
        Phone(number, names(m for m in members if number in {phone.number for phone in numbers[m.person.pk]}))
        for number in theirs
    )
    return Place(address, postcode, names(members), () if part_time else phones, protected, part_time)


def coded_notes(household: Sequence[Membership], rules: Mapping[int, Sequence[Rule]]) -> list[SafeNote]:
    """Return the coded rules of safe contact of those in the household, as notes."""
    return [SafeNote(rule.in_full, (m.name,)) for m in household for rule in rules.get(m.person.pk, ())]


def safe_to_ring(
    places: Iterable[Place], household: Sequence[Membership], rules: Mapping[int, Sequence[Rule]], at: datetime
) -> list[Place]:
    """Return the places with each number that must not be rung now held back, with the rule that says so."""

    def checked(phone: Phone) -> Phone:
        theirs = [rules.get(m.person.pk, ()) for m in household if m.name in phone.names]
        return replace(phone, not_now=safe_with_all(theirs, Channel.CALL, at).why)

    return [replace(place, phones=tuple(map(checked, place.phones))) for place in places]


def kept_back_from(household: Sequence[Membership], kept_back: Collection[int]) -> tuple[str, ...]:
    """Return whose address or telephone is protected and not for this reader."""
    return names(member for member in household if member.person.pk in kept_back)


def names(members: Iterable[Membership]) -> tuple[str, ...]:
    return tuple(member.name for member in members)


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, in order, without empty ones."""
    return tuple(dict.fromkeys(text for text in texts if text))
