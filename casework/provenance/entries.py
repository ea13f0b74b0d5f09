"""Which rows can be marked: each area says so of its own, in ``AppConfig.ready``."""

from dataclasses import dataclass
from typing import Any

from casework.provenance.rules import About


@dataclass(frozen=True)
class Entries:
    """The rows of one kind. ``family``: the way to the family of one; most name it themselves."""

    model: Any
    family: str = "family"


ENTRIES: dict[About, Entries] = {}


def may_be_marked(about: About, model: Any, *, family: str = "family") -> None:
    ENTRIES[about] = Entries(model, family)
