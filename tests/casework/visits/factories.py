"""Visits made the short way."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from casework.visits.models import Sighting, Visit
from referrals.allocation.models import Allocation
from slf.access.models import Share
from slf.access.services import hold_family
from tests.conftest import Everything
from tests.factories import FamilyFactory


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = Visit

    family = factory.SubFactory(FamilyFactory)
    kind = "home"
    happened_on = date(2014, 10, 1)
    note = "We looked at the letter from school together."
    recorded_by = factory.LazyFunction(Everything.make)


class SightingFactory(DjangoModelFactory):
    class Meta:
        model = Sighting

    family = factory.SelfAttribute("visit.family")
    visit = factory.SubFactory(VisitFactory)
    how = "seen"


def give(family, worker, *, since=date(2014, 9, 1)):
    """Allocate the family to the worker, as the service does: the allocation and the share that opens the record."""
    by = Everything.make()
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=by)
    return Allocation.objects.create(family=family, worker=worker, period=(since, None), allocated_by=by)


def answers(family, **more):
    """Return what the form sends for a home visit on which the first child was seen."""
    child = family.memberships.filter(part="child").order_by("person__born_on").first()
    return {
        "kind": "home",
        "happened_on": "2014-10-15",
        "note": "We looked at the letter from school together.",
        f"seen-{child.person.uid}": "seen",
        **more,
    }
