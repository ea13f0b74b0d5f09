"""Readings made the short way."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from casework.stars.models import Reading, StarTool
from casework.stars.reference import load_tool
from casework.stars.rules import Area, Completed, Stage, Tool
from slf.access.acting import acting_as
from slf.access.models import Post
from slf.access.rules import Role
from slf.accounts.models import User
from tests.factories import FamilyFactory

FIRST_DAY, LATER_DAY = date(2014, 3, 3), date(2014, 9, 8)
LOW = {"home": 2, "money": 1, "health": 3, "safety": 4, "learning": 1, "together": 2, "trouble": 2, "people": 3}
HIGH = {"home": 4, "money": 2, "health": 3, "safety": 5, "learning": 4, "together": 4, "trouble": 5, "people": 2}
OTHER = Tool(
    "other", 1, "Other", 1, 3, (Area("a", "A", "A?"), Area("b", "B", "B?"), Area("c", "C", "C?")),
    (Stage(1, 3, "All", "All."),),
)  # fmt: skip


def taken_into_use(tool: Tool = OTHER, *, starts_on: date = LATER_DAY, **said) -> StarTool:
    """Take a star into use as an administrator does."""
    admin, made = User.objects.get_or_create(username="keeps.stars")
    if made:
        Post.objects.create(user=admin, role=Role.ADMIN, period=(date(2012, 4, 1), None))
    with acting_as(admin):
        return load_tool(tool, starts_on=starts_on, source="test", loaded_by=admin, **said)


class ReadingFactory(DjangoModelFactory):
    """A first reading with low marks; ``later=True`` is one six months on with better ones."""

    class Meta:
        model = Reading

    class Params:
        later = factory.Trait(taken_on=LATER_DAY, marks=HIGH)

    family = factory.SubFactory(FamilyFactory)
    tool = factory.LazyAttribute(lambda o: StarTool.objects.in_use(on=o.taken_on))
    taken_on = FIRST_DAY
    completed = Completed.TOGETHER
    marks = LOW
    note = ""
    recorded_by = factory.LazyFunction(lambda: User.objects.get(username="everything"))
