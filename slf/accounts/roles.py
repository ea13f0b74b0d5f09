"""The page "Who may do what", read from the table that every door asks."""

from collections.abc import Collection
from dataclasses import dataclass

from slf.access.rules import NAMED_ONLY, OPENS, ROLES, Can, RecordClass, Role
from slf.accounts.rules import RECORD_NAMES

NOTHING = "nothing of any family"


@dataclass(frozen=True)
class Line:
    """One line of the table: an act or a post, and the words beside it."""

    name: str
    words: list[str]
    mine: bool
    note: str = ""


def acts_of_posts(mine: Collection[str]) -> list[Line]:
    """Return each act with the posts that may do it."""
    return [_act(can, mine) for can in Can if can is not Can.READ]


def _act(can: Can, mine: Collection[str]) -> Line:
    holders = [role for role in Role if can in ROLES[role]]
    return Line(can.label, [in_sentence(role.label) for role in holders], mine=any(role in mine for role in holders))


def in_sentence(name: str) -> str:
    """Return a post's name as it stands inside a sentence; ESF keeps its capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def parts_of_records(mine: Collection[str]) -> list[Line]:
    """Return each post with the parts of a record it opens."""
    return [Line(role.label, _parts(role) or [NOTHING], role in mine, _note(role)) for role in Role]


def _parts(role: Role) -> list[str]:
    return [RECORD_NAMES[record_class] for record_class in RecordClass if record_class in OPENS[role].read]


def _note(role: Role) -> str:
    if role is Role.EMERGENCY:
        return "One family at a time, for 24 hours: to read, and to add a contact."
    if role in NAMED_ONLY:
        return "Only what is shared with them by name."
    if OPENS[role].held:
        own = " and ".join(
            RECORD_NAMES[record_class] for record_class in RecordClass if record_class in OPENS[role].named
        )
        held = "In full for families they hold; for others of their locality the card, until they give a reason."
        return f"{held} Of {own} only their own." if own else held
    return ""
