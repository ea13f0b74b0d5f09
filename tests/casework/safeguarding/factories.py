"""Concerns, made by their services."""

from datetime import datetime, timedelta

from casework.safeguarding.rules import Said, Step, Told
from casework.safeguarding.services import add_step, confirm_mistake, raise_concern, review_concern, say_mistake
from slf.access.models import Locality
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from slf.clock import LONDON
from tests.at_once import acting
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE

NIGHT = datetime(2014, 10, 15, 22, 40, tzinfo=LONDON)
WORDS = "He has a burn on his arm and says that he must not tell how it came about."


def told(**other) -> Told:
    said = {
        "route": "child", "about": "Tyler, about 8", "words": WORDS, "refers": "now", "knows": "unsafe",
        "done": "I stayed until his aunt came.",
    }  # fmt: skip
    return Told(**said | other)


def raised(by: User, family=None, *, at: datetime = NIGHT, **other):
    team = None if family else Locality.objects.get(slug="charnwood").pk
    with acting(by):
        return raise_concern(told(**{"team": team} | other), family=family, by=by, at=at)


def step(concern, by: User, name: Step = Step.TOLD, *, at: datetime = NIGHT, **other):
    said = {"who": "Mrs Ali, duty worker", "words": "They will ring back.", "result": ""}
    with acting(by):
        return add_step(concern, Said(name, **said | other), by=by, at=at)


def reviewed(concern, by: User, decision: str = "refer", *, at: datetime = NIGHT):
    with acting(by):
        return review_concern(concern, decision=decision, words="Ring them tonight.", by=by, at=at)


def said_mistaken(concern, by: User, **more):
    with acting(by):
        return say_mistake(concern, why="It is about another boy.", by=by, at=NIGHT, **more)


def masked(concern, by: User):
    with acting(by):
        return confirm_mistake(concern, by=by, at=NIGHT)


def somebody(role: Role, place: Locality | None, name: str = "") -> User:
    """A colleague who is nobody that asks."""
    user = User.objects.create_user(name or f"{role}.{User.objects.count()}")
    give_post(user, role=role, locality=place, by=Everything.make(), starts_on=KNOWN_SINCE)
    return user


LATER = timedelta(hours=1)
