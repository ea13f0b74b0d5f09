"""Two people at one long form: what each typed is kept, and of what both changed somebody chooses, answer by answer.

A form brings the ``revision`` it was opened at and, for each of its answers, a fingerprint of how that read then. So it
is known which answers its writer touched, and which others changed since. What only one of them changed is simply
kept; what both changed otherwise is asked: yours, or theirs. Nothing is overwritten without a word.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
THEIRS = "theirs"


@dataclass(frozen=True)
class Settled(Generic[T]):
    """``write`` is what the form changes; ``differing`` names what two people changed, each in another way."""

    write: dict[str, T]
    differing: tuple[str, ...]


def settle(
    mine: Mapping[str, T], theirs: Mapping[str, T], *, touched: Collection[str], moved: Collection[str]
) -> Settled[T]:
    """Tell what of ``mine`` is written over ``theirs``, and what has to be asked first.

    ``touched``: what the writer changed. ``moved``: what somebody else changed since the form was opened.
    """
    changed = {name: said for name, said in mine.items() if name in touched and said != theirs.get(name)}
    differing = tuple(name for name in changed if name in moved)
    return Settled({name: said for name, said in changed.items() if name not in differing}, differing)


def fingerprint(said: Any) -> str:
    """Return what tells one answer from another, and nothing of what it says to whoever looks at the page."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]


def fingerprints(answers: Mapping[str, Any]) -> str:
    """Return the fingerprints of a form's answers as its hidden field carries them."""
    return json.dumps({name: fingerprint(said) for name, said in answers.items()}, sort_keys=True)


def touched(answers: Mapping[str, Any], was: str) -> set[str]:
    """Return the answers that read otherwise than when the form was opened; all of them where that is not known."""
    try:
        before = json.loads(was)
    except ValueError:
        before = None
    if not isinstance(before, dict):
        return set(answers)
    return {name for name, said in answers.items() if before.get(name) != fingerprint(said)}


def still_untouched(answers: Mapping[str, Any], touched: Collection[str]) -> str:
    """Return the fingerprints for asking once more: what was not touched is not touched by being sent again."""
    return json.dumps({name: "" if name in touched else fingerprint(said) for name, said in answers.items()})
