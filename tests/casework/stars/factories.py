"""Readings made the short way."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from casework.stars.models import Reading, StarTool
from casework.stars.rules import Completed
from slf.accounts.models import User
from tests.factories import FamilyFactory

FIRST_DAY, LATER_DAY = date(2014, 3, 3), date(2014, 9, 8)
LOW = {"home": 2, "money": 1, "health": 3, "safety": 4, "learning": 1, "together": 2, "trouble": 2, "people": 3}
HIGH = {"home": 4, "money": 2, "health": 3, "safety": 5, "learning": 4, "together": 4, "trouble": 5, "people": 2}


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
