"""Verbs done in the name of whoever does them, as in life: PostgreSQL asks that two people write two names."""

from functools import wraps
from inspect import signature
from types import ModuleType
from typing import Any

from slf.access.acting import acting_as


class InOwnName:
    """The verbs of a module; each acts as its ``by``."""

    def __init__(self, verbs: ModuleType) -> None:
        self.verbs = verbs

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self.verbs, name)
        if not callable(verb) or isinstance(verb, type) or "by" not in signature(verb).parameters:
            return verb

        @wraps(verb)
        def done(*subjects: Any, by: Any, **said: Any) -> Any:
            with acting_as(by):
                return verb(*subjects, by=by, **said)

        return done
