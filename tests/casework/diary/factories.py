"""Planned visits made the short way."""

from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from casework.diary.models import PlannedVisit
from tests.conftest import Everything
from tests.factories import FamilyFactory

TODAY = date(2014, 10, 15)


class PlannedVisitFactory(DjangoModelFactory):
    class Meta:
        model = PlannedVisit

    family = factory.SubFactory(FamilyFactory)
    kind = "home"
    due_on = TODAY
    due_at = time(15, 30)
    planned_by = factory.LazyFunction(Everything.make)
