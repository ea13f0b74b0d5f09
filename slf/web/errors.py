"""Refusals that a person can understand. Rules and services raise them; no Django here.

The pages answer with a plain page, the API with problem+json, and a job keeps the sentence.
"""

from collections.abc import Iterable


class DomainError(Exception):
    """The request was understood and cannot be done. ``message`` is a sentence for the person who asked."""

    status = 409
    title = "This cannot be done"

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class NotAllowed(DomainError):
    """A rule refuses the act as things stand: the state is wrong for it."""

    title = "This cannot be done now"


class NotForYou(NotAllowed):
    """A rule refuses this person, not the act: a preparer may not approve."""

    status = 403
    title = "Somebody else has to do this"


class Conflict(DomainError):
    """Somebody else was first: the record changed, or the same thing exists already."""

    title = "Something changed while you were working"


class Incomplete(DomainError):
    """Answers are missing. ``missing`` is ``(what is missing, address where it is given or None)``."""

    status = 422
    title = "Some answers are missing"

    def __init__(self, missing: Iterable[tuple[str, str | None]], message: str = "Give these answers first."):
        super().__init__(message)
        self.missing = list(missing)
