"""A worker proposes to close a case: a senior confirms it or sends it back, or the worker withdraws it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.closing.models import Closing
from casework.closing.rules import WrongClosing
from casework.closing.services import (
    confirm_closing,
    propose_closing,
    send_back_closing,
    withdraw_closing,
)
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import give_post, hold_family
from slf.web.errors import Conflict, NotForYou
from tests.at_once import acting
from tests.casework.closing.factories import EARLIER, TODAY, closed, note, proposed, told
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


class TestAProposal:
    def test_changes_nothing_until_it_is_confirmed(self, family, worker, senior):
        closing = proposed(family, worker)
        assert Case.objects.get().closed_on is None
        with in_the_name_of(senior):
            confirm_closing(closing, by=senior, on=TODAY)
        found = Closing.objects.get()
        assert (found.state, found.proposed_by, found.decided_by) == ("closed", worker, senior)
        assert Case.objects.get().closed_on == TODAY

    def test_twice_is_once(self, family, worker, senior):
        assert proposed(family, worker) == proposed(family, worker)
        for _ in range(2):
            with in_the_name_of(senior):
                confirm_closing(Closing.objects.get(), by=senior, on=TODAY)
        assert Closing.objects.count() == 1

    def test_is_confirmed_from_another_day_where_there_was_a_contact_meanwhile(self, family, worker, senior):
        closing = proposed(family, worker, closes_on=EARLIER)
        note(family, worker, TODAY)
        with in_the_name_of(senior):
            with pytest.raises(WrongClosing, match="There was a contact"):
                confirm_closing(closing, by=senior, on=TODAY)
            confirm_closing(closing, by=senior, on=TODAY, closes_on=TODAY)
        assert Case.objects.get().closed_on == TODAY

    def test_is_not_passed_over(self, family, worker, senior):
        proposed(family, worker)
        with pytest.raises(Conflict, match=f"{worker} has proposed to close this case"):
            closed(family, senior)

    def test_is_sent_back_with_a_reason_and_can_be_made_again(self, family, worker, senior):
        closing = proposed(family, worker)
        with in_the_name_of(senior):
            with pytest.raises(WrongClosing):
                send_back_closing(closing, answer=" ", by=senior, on=TODAY)
            for _ in range(2):
                send_back_closing(closing, answer="Take a last star reading first.", by=senior, on=TODAY)
            with pytest.raises(Conflict, match="sent this back"):
                confirm_closing(closing, by=senior, on=TODAY)
        assert proposed(family, worker) != closing

    def test_is_not_sent_back_by_who_made_it_and_became_a_senior_since(self, family, worker, charnwood, everything):
        closing = proposed(family, worker)
        give_post(worker, role=Role.SENIOR, locality=charnwood, by=everything, starts_on=EARLIER)
        with acting(worker), pytest.raises(NotForYou, match="Withdraw it"):
            send_back_closing(closing, answer="It is mine, after all.", by=worker, on=TODAY)
        with acting(worker):
            withdraw_closing(closing, by=worker, on=TODAY)

    def test_is_withdrawn_by_who_made_it(self, family, worker, senior):
        closing = proposed(family, worker)
        with in_the_name_of(senior), pytest.raises(NotForYou):
            withdraw_closing(closing, by=senior, on=TODAY)
        with in_the_name_of(worker):
            for _ in range(2):
                withdraw_closing(closing, by=worker, on=TODAY)
        assert Closing.objects.get().state == "withdrawn"

    def test_is_made_by_who_works_with_the_family(self, family, post, charnwood):
        other = post(Role.FSW, charnwood)
        with pytest.raises(NotForYou), in_the_name_of(other):
            propose_closing(family, told(), by=other, on=TODAY)

    def test_is_not_made_twice_by_two(self, family, worker, post, charnwood, everything):
        cover, until = post(Role.FSW, charnwood), timezone.now() + timedelta(days=7)
        hold_family(family, user=cover, kind=Share.Kind.COVER, by=everything, reason="Leave", until=until)
        proposed(family, worker)
        with pytest.raises(Conflict, match=f"{worker} has proposed"):
            proposed(family, cover)
