"""A copy of the chronology, asked for, released and given by its services."""

from dataclasses import replace

from casework.copies.services import Wanted, ask_for_copy, give_copy, read_copy, release_copy
from tests.casework.closing.factories import TODAY
from tests.casework.safeguarding.factories import acting

WHY = "She wants to show her mother what they did."
WANTED = Wanted(WHY, asked_alone=True, could_be_harmed=False)


def asked(family, person, by, **other):
    with acting(by):
        return ask_for_copy(family, person, replace(WANTED, **other), by=by, on=TODAY)


def read(copy, by):
    with acting(by):
        return read_copy(copy, by=by, on=TODAY)


def released(copy, by):
    seen = read(copy, by).tag
    with acting(by):
        return release_copy(copy, seen=seen, by=by, on=TODAY)


def given(copy, by):
    with acting(by):
        return give_copy(copy, by=by, on=TODAY)


def answers(person, **other):
    """Return what the form of asking sends."""
    return {"person": str(person.uid), "why": WHY, "asked_alone": "yes", "could_be_harmed": "no"} | other
