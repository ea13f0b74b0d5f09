"""The queue: narrowed, ordered, and shared out."""

import re
from datetime import date
from uuid import uuid4

import pytest

from referrals.intake.models import Referral
from referrals.intake.rules import WrongAnswer
from referrals.triage.queue import assign_reviewer, queue_of
from slf.access.rules import Role
from tests.referrals.intake.factories import again_as, in_the_name_of, sent_referral

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 23)


@pytest.fixture
def old(school):
    return sent_referral(school, on=date(2014, 10, 13))


@pytest.fixture
def new(school):
    return sent_referral(school, on=date(2014, 10, 20), agreement="not_asked", in_danger=True)


def shown(by, **chosen):
    with in_the_name_of(by):
        return [one.uid for one in queue_of(by, on=ON, **chosen)]


def assign(referrals, by, to):
    with in_the_name_of(by):
        return assign_reviewer([one.uid for one in referrals], by=by, to=to)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


class TestTheQueue:
    def test_shows_the_most_pressing_first_unless_asked(self, old, new, senior):
        assert shown(senior) == [old.uid, new.uid]
        assert shown(senior, sort="newest") == [new.uid, old.uid]

    @pytest.mark.parametrize(
        ("show", "which"), [("overdue", "old"), ("danger", "new"), ("agreed", "old"), ("not_agreed", "new")]
    )
    def test_is_narrowed(self, old, new, senior, show, which):
        assert shown(senior, show=show) == [{"old": old, "new": new}[which].uid]

    def test_takes_a_choice_that_is_none_for_none(self, old, new, senior):
        assert len(shown(senior, show="nonsense", sort="nonsense", reviewer="nonsense")) == 2

    def test_is_narrowed_by_the_page_and_by_the_api(self, old, new, senior, signed_in, api):
        assert old.reference not in text(signed_in(senior).get("/referrals/triage/?show=danger"))
        found = api(senior).get("/api/v1/triage/?show=danger").json()["results"]
        assert [one["uid"] for one in found] == [str(new.uid)]

    def test_takes_the_same_queries_for_many_as_for_one(self, school, senior, signed_in, django_assert_max_num_queries):
        desk = signed_in(senior)
        sent_referral(school)
        desk.get("/referrals/triage/")
        for _ in range(3):
            sent_referral(school)
        with django_assert_max_num_queries(20):
            desk.get("/referrals/triage/")


class TestSharingTheQueueOut:
    def test_gives_several_to_one_reviewer(self, old, new, senior, other_senior):
        assert assign([old, new], senior, other_senior) == 2
        assert shown(other_senior, reviewer="me") == [old.uid, new.uid]
        assert shown(senior, reviewer="nobody") == []

    def test_takes_them_back(self, old, senior, other_senior):
        assign([old], senior, other_senior)
        assign([old], senior, None)
        assert shown(senior, reviewer="nobody") == [old.uid]

    def test_leaves_anybody_who_may_to_decide(self, old, senior, other_senior):
        from referrals.triage.services import decline_referral

        assign([old], senior, other_senior)
        with in_the_name_of(senior):
            decline_referral(again_as(senior, old.uid), by=senior, on=ON, reason="one_need", message="Ask X.")

    def test_refuses_all_when_one_is_not_theirs(self, old, senior, school):
        elsewhere = sent_referral(school, postcode="LE13 1AB")
        with pytest.raises(WrongAnswer, match="decided already, or is not yours"):
            assign([old, elsewhere], senior, senior)
        with in_the_name_of(senior):
            assert Referral.objects.get(uid=old.uid).reviewer is None

    def test_refuses_somebody_who_does_not_decide_there(self, old, senior, melton_senior, post, charnwood):
        for to in (melton_senior, post(Role.FSW, charnwood)):
            with pytest.raises(WrongAnswer, match="does not decide on referrals of Charnwood"):
                assign([old], senior, to)

    def test_is_done_on_the_page(self, old, new, senior, other_senior, signed_in):
        desk = signed_in(senior)
        form = {"referral": [old.uid, new.uid], "reviewer": other_senior.pk}
        page = text(desk.post("/referrals/triage/assign/", form, follow=True))
        assert f"2 referrals given to {other_senior}" in page
        page = text(desk.post("/referrals/triage/assign/", {"reviewer": other_senior.pk}, follow=True))
        assert "Choose at least one referral" in page

    def test_is_done_by_programs(self, old, senior, other_senior, melton_senior, api):
        program = api(senior)
        body = {"referrals": [str(old.uid)], "reviewer": other_senior.username}
        assert program.post("/api/v1/triage/assign/", body, format="json").json() == {"assigned": 1}
        assert program.get(f"/api/v1/triage/{old.uid}/").json()["reviewer"] == other_senior.username
        for wrong in ({"reviewer": melton_senior.username}, {"referrals": []}):
            assert program.post("/api/v1/triage/assign/", body | wrong, format="json").status_code == 400
        missing = body | {"referrals": [str(uuid4())]}
        assert program.post("/api/v1/triage/assign/", missing, format="json").status_code == 422
