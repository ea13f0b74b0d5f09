"""Somebody says that they know a family while they are being given it, on two connections."""

import pytest
from django.db import transaction

from casework.cases.services import allocate_family
from families.interests import services
from families.interests.models import Interest
from referrals.allocation.models import Allocation
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from slf.web.errors import NotAllowed
from tests.at_once import at_once, committed, in_the_name_of, meanwhile
from tests.casework.cases.factories import agreed_family

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def family(everything):
    return committed(lambda: agreed_family(everything))


def says_so(family, user):
    return services.declare(family, about=user, kind="friend", by=user, on=today())


class TestAFamilyGivenToSomebodyWhoKnowsIt:
    def test_waits_and_is_refused(self, family, worker, senior):
        def give():
            return allocate_family(family, worker=worker, by=senior, on=today())

        with meanwhile(give, senior) as (outcome, other), acting_as(worker):
            says_so(family, worker)
            other.start()
        assert isinstance(outcome[0], NotAllowed)
        with transaction.atomic():
            assert not Allocation.objects.exists()

    def test_said_twice_at_once_is_said_once(self, family, worker):
        act = in_the_name_of(worker)(lambda: says_so(family, worker))
        one, other = at_once(act, act)
        assert one == other
        with transaction.atomic():
            assert Interest.objects.count() == 1
