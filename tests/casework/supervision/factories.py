"""A supervision, and what is decided in it."""

from datetime import date

from casework.supervision.rules import Agreed
from casework.supervision.services import begin_supervision, decide, sign_part
from slf.accounts.models import User
from tests.casework.closing.factories import SINCE, TODAY, worked
from tests.referrals.intake.factories import in_the_name_of

__all__ = ["SINCE", "TODAY", "agreed", "decided", "held", "signed", "worked"]
NEXT_WEEK = date(2014, 10, 22)


def held(worker: User, by: User, *, held_on: date = TODAY, kind: str = "line"):
    """Return the worker's part of a supervision that was begun."""
    with in_the_name_of(by):
        return begin_supervision([worker], kind=kind, held_on=held_on, by=by, on=TODAY).parts.get()


def agreed(what: str = "Ring the school nurse", due_on: date = NEXT_WEEK) -> Agreed:
    return Agreed(what, due_on)


def decided(part, family, by: User, *, decision: str = "continue", note: str = "", revision: int = 0, **more):
    with in_the_name_of(by):
        return decide(part, family, decision=decision, note=note, revision=revision, by=by, on=TODAY, **more)


def signed(part, *people: User):
    for person in people:
        with in_the_name_of(person):
            part = sign_part(part, by=person, on=TODAY)
    return part
