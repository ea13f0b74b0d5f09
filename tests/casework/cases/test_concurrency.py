"""A family is given while its worker leaves, or uses emergency access, on two connections."""

import time
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from casework.cases.models import Handover
from casework.cases.services import JUST_GIVEN, HandoverNote, allocate_family
from families.people.models import Family
from referrals.allocation.models import Allocation
from referrals.allocation.services import NOT_A_WORKER
from slf.access.acting import acting_as
from slf.access.models import LocalityUserObjectPermission
from slf.access.rules import Role
from slf.access.services import SEEN_OTHERWISE, derive_permissions, end_post, one_at_a_time, wanted_permissions
from slf.web.errors import NotAllowed
from tests.at_once import at_once, committed, meanwhile
from tests.casework.cases.factories import agreed_family
from tests.families.restricting.factories import name

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ON = date(2014, 10, 15)


@pytest.fixture
def family(everything):
    return committed(lambda: agreed_family(everything))


class TestAFamilyGiven:
    def test_to_somebody_who_is_leaving_waits_and_is_refused(self, family, worker, senior, everything):
        def give():
            return allocate_family(family, worker=worker, by=senior, on=ON)

        with meanwhile(give, senior) as (outcome, other):
            end_post(worker.posts.get(), by=everything, on=timezone.localdate())
            other.start()
        assert isinstance(outcome[0], NotAllowed)
        assert outcome[0].message == NOT_A_WORKER
        with transaction.atomic():
            assert not Allocation.objects.exists()

    def test_while_its_worker_uses_emergency_access_waits_and_does_not_stop(self, family, worker, senior):
        def give():
            return allocate_family(family, worker=worker, by=senior, on=ON)

        with meanwhile(give, senior) as (outcome, other):
            one_at_a_time(worker)
            other.start()
            time.sleep(0.3)
            Family.objects.select_for_update(of=("self",), no_key=True).get(pk=family.pk)
        assert isinstance(outcome[0], Allocation)

    def test_to_two_workers_goes_to_the_first_and_the_other_is_told(self, family, worker, senior, post, charnwood):
        second, third = post(Role.FSW, charnwood), post(Role.FSW, charnwood)
        with acting_as(senior):
            allocate_family(family, worker=worker, by=senior, on=ON - timedelta(days=7))

        def give():
            return allocate_family(family, worker=third, by=senior, on=ON, note=HandoverNote("Ring first."))

        with acting_as(senior), meanwhile(give, senior) as (outcome, other):
            one_at_a_time(worker)
            other.start()
            time.sleep(0.3)
            allocate_family(family, worker=second, by=senior, on=ON, note=HandoverNote("Ring before ten."))
        assert isinstance(outcome[0], NotAllowed)
        assert outcome[0].message == JUST_GIVEN.format(worker=second)
        with transaction.atomic():
            assert Handover.objects.get().next == second

    def test_that_was_closed_to_named_people_meanwhile_is_refused_in_words(self, family, worker, senior, manager):
        def give():
            return allocate_family(family, worker=worker, by=senior, on=ON)

        with acting_as(manager), meanwhile(give, senior) as (outcome, other):
            name(family, (manager, Role.MANAGER), by=manager)
            other.start()
        assert outcome[0].message == SEEN_OTHERWISE


class TestPermissionsDerivedTwiceAtOnce:
    def test_are_there_once(self, worker):
        LocalityUserObjectPermission.objects.filter(user=worker).delete()
        assert at_once(*[lambda: derive_permissions(worker)] * 2) == [None, None]
        rows = LocalityUserObjectPermission.objects.filter(user=worker)
        assert set(rows.values_list("permission__codename", "content_object_id")) == wanted_permissions(worker)
