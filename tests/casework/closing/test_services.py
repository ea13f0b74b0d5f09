"""Closing a case: what ends with it, who may, what is refused, and what stands again when it is taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.services import allocate_family
from casework.cases.waiting import waiting_for_a_worker
from casework.closing.models import Closing
from casework.closing.rules import WrongClosing
from casework.closing.services import (
    close_case,
    take_back_closing,
)
from casework.glance.views import mine
from casework.plans.models import Action, Plan
from casework.plans.services import finish_action, start_plan
from casework.transfers.services import propose_transfer
from families.people.models import Family
from families.search.services import search
from families.sharing.services import agreement_in_force
from referrals.allocation.models import Allocation
from referrals.allocation.services import caseloads
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import end_post, hold_family
from slf.web.errors import Conflict, NotAllowed, NotForYou
from tests.at_once import acting
from tests.casework.closing.factories import (
    EARLIER,
    MISTAKE,
    SINCE,
    TODAY,
    closed,
    note,
    refer_again,
    told,
    worked,
)
from tests.casework.plans.factories import agreed
from tests.casework.visits.factories import VisitFactory
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


class TestClosingACase:
    def test_ends_the_case_the_workers_time_and_what_they_hold(self, family, worker, senior):
        closed(family, senior)
        assert Case.objects.get(family=family).closed_on == TODAY
        assert Allocation.objects.get(family=family).ended_on == TODAY
        assert not Share.objects.not_over().filter(family=family).exists()
        with acting(worker):
            assert mine(worker) == []
            assert not Family.objects.open_to(worker).exists()

    def test_makes_the_caseload_lighter_from_that_day(self, family, worker, senior):
        with in_the_name_of(senior):
            before = caseloads([worker], on=TODAY)[worker.pk].families
        closed(family, senior)
        with in_the_name_of(senior):
            days = [caseloads([worker], on=day)[worker.pk].families for day in (TODAY - timedelta(days=1), TODAY)]
        assert (before, days) == (1, [1, 0])

    def test_ends_the_plan_in_force_and_the_draft_beside_it(self, family, senior, everything):
        in_force = agreed(family)
        draft = start_plan(family, by=everything, on=TODAY)
        closing = closed(family, senior)
        assert closing.plans == [in_force.pk, draft.pk]
        assert set(Plan.objects.values_list("state", "ended_on")) == {("ended", TODAY)}
        assert not Action.objects.to_do().exists()

    def test_keeps_what_was_said(self, family, senior):
        found = Closing.objects.get(pk=closed(family, senior, stays="").pk)
        assert (found.because, found.get_asked_by_display(), found.stays) == (
            "The family reached what it wanted", "The family", "",
        )  # fmt: skip

    def test_leaves_the_family_where_it_is_found_and_waiting_for_nobody(self, family, senior):
        closed(family, senior)
        with in_the_name_of(senior):
            assert [hit.family for hit in search(family.reference, on=TODAY)] == [family.pk]
            assert not waiting_for_a_worker(senior, on=TODAY).exists()

    def test_can_count_from_an_earlier_day(self, family, senior):
        assert closed(family, senior, closes_on=EARLIER).decided_on == TODAY
        assert Case.objects.get().closed_on == Allocation.objects.get().ended_on == EARLIER

    def test_twice_is_once(self, family, senior):
        assert closed(family, senior) == closed(family, senior)
        assert Closing.objects.count() == 1

    def test_ends_cover_too(self, family, senior, post, charnwood, everything):
        cover, until = post(Role.FSW, charnwood), timezone.now() + timedelta(days=7)
        hold_family(family, user=cover, kind=Share.Kind.COVER, by=everything, reason="Leave", until=until)
        closed(family, senior)
        with acting(cover):
            assert mine(cover) == []

    def test_of_a_family_without_a_worker_is_possible(self, family, worker, senior, everything):
        end_post(worker.posts.get(), by=everything, on=timezone.localdate())
        assert closed(family, senior).allocation is None


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"reason": "because"}, "reason"),
            ({"asked_by": "nobody"}, "asked_by"),
            ({"family_says": " "}, "family_says"),
            ({"reached": ""}, "reached"),
            ({"closes_on": TODAY + timedelta(days=1)}, "closes_on"),
            ({"closes_on": SINCE}, "closes_on"),
        ],
    )
    def test_says_beside_which_answer(self, family, senior, said, field):
        with pytest.raises(WrongClosing) as refused, in_the_name_of(senior):
            close_case(family, told(**said), by=senior, on=TODAY)
        assert refused.value.field == field

    def test_is_a_day_before_the_last_contact(self, family, worker, senior):
        note(family, worker, EARLIER)
        with pytest.raises(WrongClosing, match="There was a contact on 10 October 2014"):
            closed(family, senior, closes_on=EARLIER - timedelta(days=1))

    def test_is_the_day_on_which_the_worker_was_given_the_family(self, worker, senior):
        family = worked(worker, since=TODAY)
        with pytest.raises(NotAllowed, match="Close the case from 16 October 2014 on"):
            closed(family, senior)

    def test_is_a_day_before_somebody_has_the_family_who_was_given_it_already(self, family, worker, senior):
        Allocation.objects.update(period=(TODAY + timedelta(days=5), None))
        with pytest.raises(NotAllowed, match="has the family from 20 October 2014"):
            closed(family, senior)

    def test_is_a_day_on_which_somebody_still_worked_with_the_family(self, family, worker, senior):
        Allocation.objects.update(period=(SINCE, EARLIER))
        with pytest.raises(WrongClosing, match=f"{worker} has the family until 10 October 2014"):
            closed(family, senior, closes_on=EARLIER - timedelta(days=1))
        assert closed(family, senior, closes_on=EARLIER).allocation is None

    def test_is_a_day_before_the_family_agreed_to_its_plan(self, family, senior):
        agreed(family, on=EARLIER)
        with pytest.raises(WrongClosing, match="last written or agreed to on 10 October 2014"):
            closed(family, senior, closes_on=EARLIER - timedelta(days=1))

    def test_is_a_family_without_an_open_case(self, senior):
        with pytest.raises(NotAllowed, match="no open case"):
            closed(FamilyFactory(), senior)

    def test_is_a_case_that_somebody_closed_already(self, family, senior, post, charnwood):
        closed(family, senior)
        with pytest.raises(Conflict, match=f"{senior} closed this case on 15 October 2014"):
            closed(family, post(Role.MANAGER, charnwood))

    def test_is_a_family_that_waits_to_be_handed_over(self, family, senior, melton):
        with in_the_name_of(senior):
            said = {"reason": "They move.", "must_know": "Ring first.", "keep_days": 0}
            propose_transfer(family, to=melton, moves_on=TODAY, by=senior, on=TODAY, **said)
        with pytest.raises(NotAllowed, match="waits to be handed over to Melton"):
            closed(family, senior)

    @pytest.mark.parametrize("role", [Role.FSW, Role.HEAD, Role.BUSINESS])
    def test_is_everybody_but_seniors_and_managers(self, family, post, charnwood, role):
        with pytest.raises(NotForYou):
            closed(family, post(role, None if role is Role.HEAD else charnwood))

    def test_is_a_senior_of_another_locality(self, family, post, melton):
        with pytest.raises(NotForYou):
            closed(family, post(Role.SENIOR, melton))


class TestAfterTheClosing:
    def test_a_contact_before_it_or_on_its_day_is_still_of_the_case(self, family, worker, senior):
        closed(family, senior, closes_on=EARLIER)
        visits = [note(family, worker, day) for day in (date(2014, 10, 3), EARLIER)]
        assert [visit.case for visit in visits] == [Case.objects.get()] * 2

    def test_a_contact_later_stands_without_one(self, family, worker, senior):
        closed(family, senior, closes_on=EARLIER)
        assert note(family, worker, TODAY).case is None

    def test_no_plan_is_begun_and_none_goes_on(self, family, senior, everything):
        plan = agreed(family)
        action = plan.goals.first().actions.first()
        closed(family, senior)
        with pytest.raises(NotAllowed, match="case of this family is closed"):
            start_plan(family, by=everything, on=TODAY)
        with pytest.raises(NotAllowed, match="ended when the case"):
            finish_action(action, on=TODAY, by=everything)

    def test_nobody_is_given_the_family(self, family, worker, senior):
        closed(family, senior)
        with pytest.raises(NotAllowed, match="was closed on 15 October 2014"), in_the_name_of(senior):
            allocate_family(family, worker=worker, by=senior, on=TODAY)


class TestAFamilyReferredAgain:
    def test_waits_for_a_worker_and_gets_a_case_of_its_own(self, family, worker, senior):
        closed(family, senior)
        refer_again(family, senior)
        with in_the_name_of(senior):
            assert list(waiting_for_a_worker(senior, on=TODAY)) == [family]
            assert agreement_in_force(family, on=TODAY)
            allocate_family(family, worker=worker, by=senior, on=TODAY)
        rows = Case.objects.order_by("pk").values_list("opened_on", "closed_on")
        assert list(rows) == [(SINCE, TODAY), (TODAY, None)]
        with acting(worker):
            assert mine(worker) == [family]

    def test_keeps_the_closing_of_the_case_before(self, family, worker, senior):
        closing = closed(family, senior)
        refer_again(family, senior)
        with in_the_name_of(senior):
            allocate_family(family, worker=worker, by=senior, on=TODAY)
            with pytest.raises(NotAllowed, match="A new case was opened on 15 October 2014"):
                take_back_closing(closing, because=MISTAKE, by=senior, on=TODAY)

    def test_while_its_case_was_open_is_not_closed_that_day(self, family, senior):
        refer_again(family, senior)
        with pytest.raises(NotAllowed, match="A referral about the family was accepted on 15 October 2014"):
            closed(family, senior)


class TestADayInTheRecord:
    def test_visits_of_the_closing_day_count_with_the_case_that_follows(self, family, worker, senior):
        closed(family, senior)
        refer_again(family, senior)
        with in_the_name_of(senior):
            allocate_family(family, worker=worker, by=senior, on=TODAY)
        assert VisitFactory(family=family, case=None).case is None
        assert note(family, worker, TODAY).case == Case.objects.order_by("pk").last()
