"""A closing that was a mistake is taken back: case, worker and plan stand as before, and nothing is deleted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.waiting import waiting_for_a_worker
from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.services import (
    take_back_closing,
)
from casework.glance.views import mine
from casework.plans.models import Plan
from casework.plans.services import start_plan
from casework.visits.models import Visit
from referrals.allocation.models import Allocation
from slf.access.rules import Role
from slf.access.services import end_post
from slf.web.errors import NotAllowed, NotForYou
from tests.at_once import acting
from tests.casework.closing.factories import EARLIER, MISTAKE, SINCE, TODAY, closed, note, worked
from tests.casework.merging.factories import made_one
from tests.casework.plans.factories import agreed
from tests.families.restricting.factories import name

pytestmark = pytest.mark.django_db


class TestTakingAClosingBack:
    def take_back(self, closing, by, *, on=TODAY):
        with acting(by):
            return take_back_closing(closing, because=MISTAKE, by=by, on=on)

    def test_lets_case_worker_and_plan_stand_as_before(self, family, worker, senior, everything):
        in_force = agreed(family)
        draft = start_plan(family, by=everything, on=TODAY)
        self.take_back(closed(family, senior), senior)
        assert Case.objects.get().closed_on is None
        allocation = Allocation.objects.get()
        assert (allocation.began_on, allocation.ended_on) == (SINCE, None)
        states = dict(Plan.objects.values_list("pk", "state"))
        assert states == {in_force.pk: "agreed", draft.pk: "draft"}
        with acting(worker):
            assert mine(worker) == [family]

    def test_takes_contacts_that_were_kept_without_a_case_into_it(self, family, worker, senior):
        closing = closed(family, senior, closes_on=EARLIER)
        visit = note(family, worker, TODAY)
        self.take_back(closing, senior)
        assert Visit.objects.get(pk=visit.pk).case == closing.case

    def test_twice_is_once_and_keeps_what_was_closed(self, family, senior):
        closing = closed(family, senior)
        assert self.take_back(closing, senior) == self.take_back(closing, senior)
        found = Closing.objects.get()
        assert (found.state, found.taken_back_because, found.decided_by) == ("taken_back", MISTAKE, senior)
        assert found.events.count() == 2

    def test_lets_the_case_be_closed_again(self, family, senior):
        self.take_back(closed(family, senior), senior)
        assert closed(family, senior).state == "closed"
        assert Closing.objects.count() == 2

    def test_is_refused_when_it_is_long_ago(self, family, senior):
        closing = closed(family, senior)
        last = TODAY + timedelta(days=rules.TAKE_BACK_WITHIN.default)
        with pytest.raises(NotAllowed, match="for 14 days"):
            self.take_back(closing, senior, on=last + timedelta(days=1))
        assert self.take_back(closing, senior, on=last).state == "taken_back"

    def test_without_the_worker_who_left_lets_the_family_wait(self, family, worker, senior, everything):
        closing = closed(family, senior)
        end_post(worker.posts.get(), by=everything, on=timezone.localdate())
        self.take_back(closing, senior)
        assert Case.objects.get().closed_on is None
        with acting(senior):
            assert list(waiting_for_a_worker(senior, on=TODAY)) == [family]

    def test_waits_until_families_that_were_made_one_are_two_again(self, family, senior, worker):
        other = worked(worker, name="The same again")
        closing = closed(family, senior)
        made_one(family, other)
        with pytest.raises(NotAllowed, match="Take the two apart"):
            self.take_back(Closing.objects.get(pk=closing.pk), senior)

    def test_of_a_family_closed_to_named_people_gives_it_back_to_them(self, family, worker, manager):
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        with acting(manager):
            family.refresh_from_db()
        closing = closed(family, manager)
        with acting(worker):
            assert mine(worker) == []
        self.take_back(closing, manager)
        with acting(worker):
            assert mine(worker) == [family]

    def test_is_for_who_may_close(self, family, worker, senior):
        closing = closed(family, senior)
        with pytest.raises(NotForYou):
            self.take_back(closing, worker)
