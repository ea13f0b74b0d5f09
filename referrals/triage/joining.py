"""Who of a referral is whom in a family that is known: decided person by person, and checked. No Django here."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from families.identifiers.rules import identifier_in_words
from families.people.rules import ONE_PERSON, Known, likeness
from slf.web.words import day_in_words


class Fate(StrEnum):
    SAME = "same"
    NEW = "new"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        return FATES[self]


FATES: Mapping[Fate, str] = {
    Fate.SAME: "The same person",
    Fate.NEW: "Somebody new: add them to the family",
    Fate.LEAVE: "Not part of this family",
}


@dataclass(frozen=True)
class Choice:
    """What becomes of one person of the referral; of the same person, whom in the record."""

    fate: Fate
    member: UUID | None = None


@dataclass(frozen=True)
class Somebody:
    """A person of the referral or of the record, as they are compared."""

    name: str
    known: Known


NOBODY = "Somebody of the referral must be in this family. If nobody is, it is another family."


def wrong(
    people: Mapping[UUID, Somebody],
    members: Mapping[UUID, Somebody],
    choices: Mapping[UUID, Choice],
    *,
    agreed: UUID | None,
) -> dict[UUID, str]:
    """Return what cannot be right, by the person of the referral. ``agreed`` is who of them agreed for the family."""
    taken = Counter(choice.member for choice in choices.values() if choice.fate is Fate.SAME)
    found = {uid: _wrong_for(who, choices.get(uid), members, taken) for uid, who in people.items()}
    if agreed in people and not found[agreed] and choices[agreed].fate is Fate.LEAVE:
        found[agreed] = f"{people[agreed].name} agreed for the family, so say who of the family they are"
    unknown = dict.fromkeys(choices.keys() - people.keys(), "Somebody was named who is not in this referral")
    return unknown | {uid: sentence for uid, sentence in found.items() if sentence}


def _wrong_for(
    who: Somebody, choice: Choice | None, members: Mapping[UUID, Somebody], taken: Mapping[UUID | None, int]
) -> str:
    if choice is None:
        return f"Say who {who.name} is"
    if choice.fate is Fate.SAME:
        return _wrong_member(who, choice.member, members, taken)
    if choice.fate is Fate.NEW and (there := _already_there(who, members)):
        return f"{who.name} cannot be new: {there}. Choose the same person"
    return ""


def _wrong_member(
    who: Somebody, member: UUID | None, members: Mapping[UUID, Somebody], taken: Mapping[UUID | None, int]
) -> str:
    if member is None or member not in members:
        return f"Say which person of the family {who.name} is"
    return f"{members[member].name} can be only one person of the referral" if taken[member] > 1 else ""


def _already_there(who: Somebody, members: Mapping[UUID, Somebody]) -> str:
    for member in members.values():
        if (found := likeness(who.known, member.known)) >= ONE_PERSON:
            return f"{member.name} is in the family, {found.words}"
    return ""


def all_left_out(choices: Collection[Choice]) -> bool:
    return all(choice.fate is Fate.LEAVE for choice in choices)


@dataclass(frozen=True)
class Told:
    """What a source says of a person; what the record says is told the same way."""

    name: str
    born_on: date | None = None
    born_estimated: bool = False
    identifiers: frozenset[str] = frozenset()
    school: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    safe_contact: str = ""


def said_otherwise(told: Told, record: Told) -> str:
    """Return in words all that is told and that the record does not say; nothing when it says all of it."""
    return ". ".join(_differences(told, record))


def _differences(told: Told, record: Told) -> Iterator[str]:
    if named_otherwise(told.name, record.name):
        yield f"Named {told.name}"
    if told.born_on and (told.born_on, told.born_estimated) != (record.born_on, record.born_estimated):
        yield f"Born {'about ' if told.born_estimated else ''}{day_in_words(told.born_on)}"
    if new := sorted(told.identifiers - record.identifiers):
        yield ", ".join(map(identifier_in_words, new))
    for label in ("school", "address", "postcode", "phone", "safe_contact"):
        said = getattr(told, label)
        if said and _plain(said) != _plain(getattr(record, label)):
            yield f"{LABELS[label]}: {said}"


LABELS = {
    "school": "School",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Telephone",
    "safe_contact": "Safe to get in touch",
}


def named_otherwise(told: str, record: str) -> bool:
    return _plain(told) != _plain(record)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
