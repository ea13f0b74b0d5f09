from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from casework.at_hand import rules, services
from casework.at_hand.bundle import NOT_ON_A_PHONE, taken_along
from casework.visits.models import Visit
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from slf.access.services import release_family, restrict_family
from slf.clock import LONDON
from slf.drafts.models import Draft
from tests.casework.diary.factories import PlannedVisitFactory
from tests.casework.visits.factories import VisitFactory, answers, give
from tests.factories import FamilyFactory, lives
from tests.slf.policy.factories import confirmed

pytestmark = pytest.mark.django_db
DAY = date(2014, 10, 15)


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def family(worker):
    made = FamilyFactory(household=True, name="The Jacksons")
    give(made, worker)
    return made


@pytest.fixture
def planned(family):
    return PlannedVisitFactory(family=family, due_on=DAY, due_at=time(15, 30), about="The letter from school")


def taken(worker, *, on=DAY):
    with acting_as(worker):
        return taken_along(worker, on=on)


def ticket_of(worker, *families) -> str:
    with acting_as(worker):
        return services.make_ticket(worker, families)


def ask(ticket: str) -> int:
    cache.clear()
    with acting_as(None):
        return Client().get(reverse("casework:at_hand_still"), headers={"X-At-Hand": ticket}).status_code


class TestWhatIsTakenAlong:
    def test_is_todays_visits_of_the_worker_and_what_is_needed_at_the_door(self, worker, family, planned):
        lives(family.memberships.filter(part="parent").first(), address="4 Mill Lane", phone="07700 900123")
        VisitFactory(family=family, note="Secret of the note", next_step="Ring the school")
        PlannedVisitFactory(family=family, due_on=DAY + timedelta(days=1))
        PlannedVisitFactory(family=FamilyFactory(name="The Millers"), due_on=DAY)
        (stop,) = taken(worker).stops
        assert (stop.name, stop.at, stop.about) == ("The Jacksons", "15:30", "The letter from school")
        assert [member.asked for member in stop.members] == [True] * family.memberships.count()
        assert stop.places[0]["words"] == "4 Mill Lane"
        assert stop.places[0]["phones"][0]["number"] == "07700 900123"
        assert stop.agreed == "Ring the school (1 October 2014)"
        assert "Secret" not in str(stop)

    def test_is_nothing_of_a_colleague_or_of_a_family_that_is_not_the_workers(self, planned, post, charnwood, melton):
        for colleague in (post(Role.FSW, charnwood, username="ben"), post(Role.FSW, melton, username="mel")):
            PlannedVisitFactory(family=planned.family, due_on=DAY, due_at=time(9, 0), worker=colleague)
            assert taken(colleague).stops == []

    def test_leaves_a_protected_address_at_the_office_unless_the_county_says_otherwise(self, worker, family, planned):
        member = family.memberships.filter(part="parent").first()
        lives(member, address="3 Refuge Row", phone="07700 900456", protected=True)
        (stop,) = taken(worker).stops
        assert "Refuge" not in str(stop)
        assert "900456" not in str(stop)
        assert NOT_ON_A_PHONE in stop.left_out
        confirmed(rules.ON_A_PHONE, ["open:phone", "protected:phone"])
        (stop,) = taken(worker).stops
        assert stop.places[0]["words"] == "3 Refuge Row"

    def test_leaves_a_restricted_family_at_the_office_unless_the_county_says_otherwise(
        self, worker, family, planned, everything
    ):
        restrict_family(family, to=[(worker, Role.FSW)], by=everything)
        assert (taken(worker).stops, taken(worker).left) == ([], 1)
        confirmed(rules.ON_A_PHONE, ["restricted:phone"])
        assert [stop.name for stop in taken(worker).stops] == ["The Jacksons"]

    def test_is_logged_as_a_look_at_each_family(self, worker, planned, signed_in):
        answer = signed_in(worker).post(reverse("casework:take_along"))
        assert [stop["name"] for stop in answer.json()["bundle"]["stops"]] == ["The Jacksons"]
        assert 0 < answer.json()["left"] <= 86_400
        look = View.objects.filter(user=worker, what="Today's visits, taken along on a device").get()
        assert look.family_ids == [planned.family_id]


class TestATicket:
    def test_holds_until_midnight_in_england(self, worker, family):
        noon = datetime(2026, 7, 1, 12, 0, tzinfo=LONDON)
        assert rules.midnight_after(noon) == datetime(2026, 7, 2, 0, 0, tzinfo=LONDON)
        with time_machine.travel(noon, tick=False):
            ticket = ticket_of(worker, family)
            assert ask(ticket) == 204
        with time_machine.travel(noon + timedelta(hours=12), tick=False):
            assert ask(ticket) == 410

    def test_ends_with_the_family_the_post_and_the_password(self, worker, family, everything):
        ticket = ticket_of(worker, family)
        release_family(family, user=worker, kind="worker", by=everything)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        assert ask(ticket) == 410

    def test_ends_when_the_sign_in_is_reset_or_the_person_left(self, worker, family):
        ticket = ticket_of(worker, family)
        worker.set_password("another-one-42")
        worker.save()
        assert ask(ticket) == 410
        again = ticket_of(worker, family)
        assert ask(again) == 204
        worker.is_active = False
        worker.save()
        assert ask(again) == 410

    @pytest.mark.parametrize(
        "ticket", ["", "made-up", pytest.param(signing.dumps({"user": 1}, salt="another"), id="signed for another use")]
    )
    def test_that_this_service_did_not_sign_is_none(self, ticket):
        assert ask(ticket) == 410


class TestANoteFinishedWithoutAConnection:
    @pytest.fixture
    def put(self, worker, family, planned, signed_in):
        def put(**more):
            client, uid = signed_in(worker), uuid4()
            written = {"family_uid": str(family.uid), "planned": str(planned.uid), "finished": "yes"}
            content = answers(family, **written | more)
            said = {"base": 0, "writer": str(uuid4()), "seq": 1, "content": content}
            answer = client.put(reverse("drafts:draft", args=[uid]), said, content_type="application/json")
            return client, answer.json()

        return put

    def test_is_one_visit_however_often_it_is_sent(self, put, worker, family, planned):
        client, kept = put()
        told = [client.post(kept["send"]).json() for _ in range(2)]
        assert told == [{"sent": True, "url": reverse("families:family", args=[family.uid])}] * 2
        with acting_as(worker):
            visit = Visit.objects.get()
            assert (visit.family, visit.planned) == (family, planned)

    def test_that_lacks_something_waits_as_a_note_about_its_family(self, put, worker, family):
        client, kept = put(note="")
        assert client.post(kept["send"]).json() == {"sent": False, "url": kept["url"]}
        assert "Enter what happened" not in client.get(kept["url"]).content.decode()
        with acting_as(worker):
            assert Draft.objects.get().family == family

    def test_is_sent_by_nobody_else(self, put, post, charnwood, signed_in):
        _, kept = put()
        assert signed_in(post(Role.FSW, charnwood, username="ben")).post(kept["send"]).status_code == 404

    def test_about_a_family_that_is_not_the_writers_is_about_none(self, put, worker, melton):
        put(family_uid=str(FamilyFactory(locality=melton).uid))
        with acting_as(worker):
            assert Draft.objects.get().family is None
