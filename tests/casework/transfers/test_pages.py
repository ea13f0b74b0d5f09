from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from casework.transfers.services import accept_transfer
from families import reference
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from tests.casework.transfers.access_rows import offer
from tests.casework.transfers.factories import TODAY, offered
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(charnwood):
    reference.load(using="default")
    family = FamilyFactory(name="Hart family")
    MembershipFactory(family=family, person__given_names="Mina", address="5 New Street", postcode="LE13 1AA")
    return family


@pytest.fixture
def worker(post, charnwood, family):
    user = post(Role.FSW, charnwood)
    give(family, user, since=date(2014, 1, 6))
    return user


@pytest.fixture
def new_senior(post, melton):
    return post(Role.SENIOR, melton)


def text_of(answer):
    return " ".join(answer.content.decode().split())


class TestHandingOver:
    def test_suggests_where_they_live_now(self, signed_in, worker, family):
        form = signed_in(worker).get(reverse("casework:hand_over", args=[family.uid])).context["form"]
        assert form.initial == {"to": "melton", "moves_on": date(2013, 1, 7)}

    def test_says_what_the_other_side_sees_and_can_be_withdrawn(self, signed_in, worker, family):
        client, at = signed_in(worker), reverse("casework:hand_over", args=[family.uid])
        text = text_of(client.post(at, offer({}), follow=True))
        assert "Melton is asked to take Hart family over." in text
        assert "Nothing else, until it has accepted." in text
        text = text_of(client.post(reverse("casework:withdraw_transfer", args=[family.uid]), follow=True))
        assert "The hand-over is withdrawn." in text

    def test_keeps_what_was_typed_when_something_is_missing(self, signed_in, worker, family):
        at = reverse("casework:hand_over", args=[family.uid])
        answer = signed_in(worker).post(at, offer({}) | {"must_know": "", "reason": "They moved"})
        assert answer.status_code == 400
        assert "They moved" in text_of(answer)
        assert "Enter what the next worker must know" in text_of(answer)


class TestWhatArrives:
    def test_names_nobody_and_no_place(self, signed_in, family, new_senior):
        arrival = offered(family)
        client = signed_in(new_senior)
        for at in (reverse("casework:arrivals"), arrival.get_absolute_url(), reverse("home")):
            text = text_of(client.get(at))
            assert family.reference in text
            for secret in ("Hart", "Mina", "New Street", "LE13 1AA", "They have a flat", "Ring before"):
                assert secret not in text
        assert client.get(family.get_absolute_url()).status_code == 404

    def test_is_accepted_and_waits_for_a_worker(self, signed_in, family, new_senior):
        answer = signed_in(new_senior).post(offered(family).get_absolute_url(), {"accept": "1"}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("casework:allocate", args=[family.uid])
        assert "Hart family is with Melton now." in text_of(answer)

    def test_is_sent_back_with_a_reason_and_not_without(self, signed_in, family, new_senior, worker):
        client, at = signed_in(new_senior), offered(family).get_absolute_url()
        assert "Give the reason" in text_of(client.post(at, {"answer": ""}))
        assert "is sent back to Charnwood" in text_of(client.post(at, {"answer": "They live in Rutland"}, follow=True))
        assert "They live in Rutland" in text_of(
            signed_in(worker).get(reverse("casework:hand_over", args=[family.uid]))
        )

    def test_is_a_look(self, signed_in, family, new_senior):
        signed_in(new_senior).get(offered(family).get_absolute_url())
        with acting_as(new_senior):
            assert View.objects.filter(user=new_senior, what=f"Hand-over of {family.reference}").exists()


class TestTheChronology:
    def test_says_that_the_family_was_handed_over(self, signed_in, family, worker, new_senior):
        arrival = offered(family)
        with acting_as(new_senior), transaction.atomic():
            accept_transfer(arrival, by=new_senior, on=TODAY)
        text = text_of(signed_in(new_senior).get(reverse("casework:chronology", args=[family.uid])))
        assert "Handed over from Charnwood to Melton" in text
