"""Which rows can be marked: each area says so of its own, in ``AppConfig.ready``."""

from typing import Any

from casework.provenance.rules import About

ENTRIES: dict[About, Any] = {}


def may_be_marked(about: About, model: Any) -> None:
    ENTRIES[about] = model
