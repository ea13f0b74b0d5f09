"""When two families may be made one, and what has to be done first where they may not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SAME = "These are one family already."
CLOSED = "{0} is closed to named people. Lift the restriction first."
IN_AN_EMERGENCY = "{0} is open to somebody in an emergency. Wait until that is over, 24 hours at most."
ELSEWHERE = "{0} is with {1}, {2} is with {3}. Hand one of the two over to the other locality first."
OTHER_AUDIENCE = "One of the two is shared with a provider and the other is not. Let the same people see both first."
ALREADY = "{0} is one with another family already. Take them apart first."
CHAIN = "Another family was made one with {0}. Take those apart first, or keep {0} and make the other one with it."
BOTH_OPEN = (
    "Both have an open case: {0} and {1}. Only one may be open when they are made one, so that nobody is worked with "
    "twice. Close one of the two first."
)
KEEP_INSTEAD = "{0} has {1}, so it is the one to keep. Keep the other family instead."
BOTH_HAVE = "Both have {1}. It can be of one of the two only: throw the draft of {0} away, or let its plan end, first."
MOVING = "{0} waits to be handed over to another locality. Take that back, or let it be decided, first."
HELD = "{0} sees {1} and would not see {2}. Share that one with them too, or end it, first."
CLAIMED = "One claim run claims for both families. Withdraw one of the two claims first."
SAFE_CONTACT = "What is safe when getting in touch with {0} differs. Write the same in both families first."


@dataclass(frozen=True)
class Side:
    """What is known of one family that decides whether it may be one with another.

    ``case``, ``worker`` and ``plan`` are in words, empty where there is none; ``held_by`` are those who see it by
    themselves; ``safe`` are the words about safe contact by person: ``{key: (name, words)}``.
    """

    key: int
    name: str
    audience: int
    locality: str = ""
    restricted: bool = False
    emergency: bool = False
    merged: bool = False
    has_others: bool = False
    case: str = ""
    worker: str = ""
    plan: str = ""
    moving: bool = False
    held_by: Mapping[int, str] = field(default_factory=dict)
    safe: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def refusals(twice: Side, one: Side, *, claimed: bool = False) -> list[str]:
    """Return why ``twice`` cannot be made one with ``one``, each with what to do first; nothing when it can."""
    if twice.key == one.key:
        return [SAME]
    if apart := list(_audience(twice, one)):
        return apart
    found = [*_standing(twice, one), *_at_work(twice, one), *_out_of_sight(twice, one)]
    return [*found, CLAIMED] if claimed else found


def _audience(twice: Side, one: Side) -> Iterator[str]:
    """Both are seen by the same people, and stay so."""
    for side in (twice, one):
        if side.restricted:
            yield CLOSED.format(side.name)
        elif side.emergency:
            yield IN_AN_EMERGENCY.format(side.name)
    if twice.locality != one.locality:
        yield ELSEWHERE.format(twice.name, twice.locality or "nobody", one.name, one.locality or "nobody")
    elif twice.audience != one.audience and not any(s.restricted or s.emergency for s in (twice, one)):
        yield OTHER_AUDIENCE


def _standing(twice: Side, one: Side) -> Iterator[str]:
    for side in (twice, one):
        if side.merged:
            yield ALREADY.format(side.name)
        if side.moving:
            yield MOVING.format(side.name)
    if twice.has_others:
        yield CHAIN.format(twice.name)


def _at_work(twice: Side, one: Side) -> Iterator[str]:
    """What goes on is of the family that stands: nobody works with the other one any more."""
    if twice.case and one.case:
        yield BOTH_OPEN.format(f"{twice.name} ({twice.case})", f"{one.name} ({one.case})")
    elif twice.case or twice.worker:
        yield KEEP_INSTEAD.format(twice.name, twice.case or f"a worker, {twice.worker}")
    if twice.plan and one.plan:
        yield BOTH_HAVE.format(twice.name, "a plan in hand")
    elif twice.plan and not (twice.case or twice.worker):
        yield KEEP_INSTEAD.format(twice.name, twice.plan)


def _out_of_sight(twice: Side, one: Side) -> Iterator[str]:
    """Nobody loses sight of a family, and what keeps people safe is never left behind."""
    for key, name in twice.held_by.items():
        if key not in one.held_by:
            yield HELD.format(name, twice.name, one.name)
    for key, (name, words) in twice.safe.items():
        if key in one.safe and words and words != one.safe[key][1]:
            yield SAFE_CONTACT.format(name)
