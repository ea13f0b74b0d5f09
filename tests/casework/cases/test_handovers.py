"""A family goes from one worker to the next, who is told what they must know."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.cases.models import Handover
from casework.cases.services import HandoverNote, allocate_family, workers_had
from families.people.models import Family
from referrals.allocation.models import Allocation
from slf.access.models import Share
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.web.errors import NotAllowed
from tests.casework.cases.factories import agreed_family
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
BEFORE, ON = date(2014, 10, 1), date(2014, 10, 15)
NOTE = HandoverNote("Ring before ten.", ON + timedelta(days=7))


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def first(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.first")


@pytest.fixture
def second(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.second")


@pytest.fixture
def family(everything, senior, first):
    family = agreed_family(everything)
    give(family, first, senior, on=BEFORE)
    return family


def give(family, worker, by, *, on=ON, **how):
    with in_the_name_of(by):
        return allocate_family(family, worker=worker, by=by, on=on, **how)


def open_to(user):
    forget_rights(user)
    with in_the_name_of(user):
        return list(Family.objects.open_to(user))


class TestHandingOver:
    def test_keeps_from_whom_to_whom_and_what_must_be_known(self, family, first, second, senior):
        give(family, second, senior, note=NOTE)
        row = Handover.objects.get()
        assert (row.former, row.next, row.must_know, row.made_by) == (first, second, "Ring before ten.", senior)

    def test_without_a_word_is_refused_and_changes_nothing(self, family, first, second, senior):
        with pytest.raises(NotAllowed, match="Say what the next worker must know"):
            give(family, second, senior)
        assert Allocation.objects.get().worker == first

    def test_twice_is_kept_once(self, family, second, senior):
        give(family, second, senior, note=NOTE)
        give(family, second, senior, note=NOTE)
        assert Handover.objects.count() == 1

    def test_leaves_the_record_with_the_former_worker_until_the_joint_visit_is_over(
        self, family, first, second, senior
    ):
        give(family, second, senior, note=NOTE)
        assert open_to(first) == open_to(second) == [family]
        share = Share.objects.not_over().get(user=first)
        assert (share.kind, share.reason) == (Share.Kind.COVER, f"Joint visit with {second}")
        assert timezone.localdate(share.period.upper) == timezone.localdate() + timedelta(days=8)

    def test_without_a_joint_visit_ends_it_at_once(self, family, first, second, senior):
        give(family, second, senior, note=HandoverNote("Ring before ten."))
        assert open_to(first) == []

    def test_of_what_was_given_the_same_day_is_no_handover(self, everything, first, second, senior):
        family = agreed_family(everything)
        give(family, first, senior)
        give(family, second, senior)
        assert not Handover.objects.exists()

    def test_counts_the_workers_a_family_has_had(self, family, first, second, senior):
        give(family, second, senior, note=NOTE)
        give(family, first, senior, on=ON + timedelta(days=30), note=HandoverNote("Back to you."))
        with in_the_name_of(senior):
            assert workers_had(family, by=senior, on=ON - timedelta(days=1)) == 1
            assert workers_had(family, by=senior, on=ON + timedelta(days=31)) == 2


class TestWhatWasTold:
    def test_is_read_by_the_next_worker_first_thing(self, family, second, senior, signed_in):
        give(family, second, senior, note=NOTE)
        page = signed_in(second).get("/").content.decode()
        assert "Handed over to you" in page
        assert "Ring before ten." in page

    def test_is_gone_from_their_day_once_another_has_the_family(self, family, first, second, senior, signed_in):
        give(family, second, senior, on=ON - timedelta(days=1), note=NOTE)
        give(family, first, senior, note=HandoverNote("Back to you."))
        assert "Ring before ten." not in signed_in(second).get("/").content.decode()

    def test_stands_in_the_chronology(self, family, first, second, senior, signed_in):
        give(family, second, senior, note=NOTE)
        page = signed_in(second).get(f"/casework/families/{family.uid}/chronology/").content.decode()
        assert f"Handed over by {first} to {second}" in page
        assert "Ring before ten." in page


class TestThePage:
    def body(self, worker, **more):
        return {"worker": str(worker.uid), "complexity": "no"} | more

    def url(self, family):
        return f"/casework/allocate/{family.uid}/"

    def test_asks_what_to_know_where_somebody_has_the_family(self, family, senior, signed_in, everything):
        browser = signed_in(senior)
        assert "If the worker changes" in browser.get(self.url(family)).content.decode()
        assert "If the worker changes" not in browser.get(self.url(agreed_family(everything))).content.decode()

    def test_says_beside_the_answer_what_is_missing_and_keeps_the_rest(self, family, second, senior, signed_in):
        answer = signed_in(senior).post(self.url(family), self.body(second)).content.decode()
        assert "Say what the next worker must know" in answer
        assert " checked" in answer

    def test_hands_over(self, family, second, senior, signed_in):
        when = {"joint_visit_on_day": "20", "joint_visit_on_month": "10", "joint_visit_on_year": "2014"}
        body = self.body(second, must_know="Ring before ten.", **when)
        assert signed_in(senior).post(self.url(family), body).status_code == 302
        assert Handover.objects.get().joint_visit_on == date(2014, 10, 20)

    def test_asks_nothing_of_who_keeps_the_family(self, family, first, senior, signed_in):
        assert signed_in(senior).post(self.url(family), self.body(first)).status_code == 302
        assert not Handover.objects.exists()

    def test_says_how_many_workers_the_family_has_had(self, family, senior, signed_in):
        assert "The family has had 1 worker so far" in signed_in(senior).get(self.url(family)).content.decode()


class TestThroughTheApi:
    def url(self, family):
        return f"/api/v1/families/{family.uid}/allocate/"

    def test_takes_the_same_answers(self, family, second, senior, api):
        body = {"worker": str(second.uid), "must_know": "Ring before ten.", "joint_visit_on": "2014-10-20"}
        assert api(senior).post(self.url(family), body, format="json").status_code == 200
        assert Handover.objects.get().joint_visit_on == date(2014, 10, 20)

    def test_refuses_in_the_same_words(self, family, second, senior, api):
        answer = api(senior).post(self.url(family), {"worker": str(second.uid)}, format="json")
        assert answer.status_code == 409
        assert "Say what the next worker must know" in answer.json()["detail"]
