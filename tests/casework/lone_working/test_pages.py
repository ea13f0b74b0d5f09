import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.lone_working import services
from casework.lone_working.models import Outing
from tests.casework.diary.factories import PlannedVisitFactory
from tests.casework.lone_working.factories import PHONE, PLACE, by, out, pass_by, turn
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
HERE = "casework:lone_working"


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


def shown(answer) -> str:
    return answer.content.decode()


class TestArming:
    def test_knows_where_the_family_of_a_planned_visit_lives_and_when_it_ends(self, client, worker):
        family = FamilyFactory()
        MembershipFactory(family=family, address="12 Church Gate", postcode="LE11 1UD")
        give(family, worker)
        planned = PlannedVisitFactory(family=family)
        form = client.get(f"{reverse(HERE)}?planned={planned.uid}").context["form"]
        assert (form["place"].value(), form["back_at"].value()) == ("12 Church Gate, LE11 1UD", "16:30")
        assert form["reference"].value() == family.reference

    def test_keeps_what_was_typed_and_says_what_is_missing(self, client):
        answer = client.post(reverse(HERE), {"place": PLACE, "phone": "?", "back_at": "16:30"})
        assert answer.status_code == 400
        assert "the telephone you have with you" in answer.context["form"].errors["phone"][0]
        assert PLACE in shown(answer)

    def test_says_that_it_does_not_run_and_whom_to_ring(self, client):
        assert "The alarm does not run at this moment" in shown(client.get(reverse(HERE)))
        with by(None):
            services.look("beat")
        assert "The alarm does not run at this moment" not in shown(client.get(reverse(HERE)))

    def test_says_who_answers(self, client, responder, manager, charnwood):
        assert "Nobody is on the roster" in shown(client.get(reverse(HERE)))
        turn(responder, charnwood, manager)
        assert "It is answered by" in shown(client.get(reverse(HERE)))

    def test_leads_who_keeps_it_to_the_roster_and_nobody_else(self, client, manager, signed_in):
        link = f'href="{reverse("casework:roster")}"'
        assert link not in shown(client.get(reverse(HERE)))
        assert link in shown(signed_in(manager).get(reverse(HERE)))

    def test_leads_to_the_page_of_who_is_out(self, client, worker):
        later = timezone.localtime() + timezone.timedelta(hours=1)
        form = {"place": PLACE, "phone": PHONE, "back_at": f"{later:%H:%M}"}
        assert "You are out" in shown(client.post(reverse(HERE), form, follow=True))


class TestComingBack:
    def test_says_the_same_with_the_word_for_duress_and_without(self, client, worker, charnwood, responder):
        with by(worker), transaction.atomic():
            services.choose_word("kettle", by=worker)
        answers = []
        for message in ("", "Put the kettle on"):
            outing = out(worker, charnwood)
            address = reverse("casework:back_from_outing", args=[outing.uid])
            client.post(address, {"message": message})
            pages = [client.get("/"), client.get(reverse(HERE)), client.get("/api/v1/lone-working/")]
            answers.append([page.content.decode().count("alarm") for page in pages])
        assert answers[0] == answers[1]
        with by(responder):
            assert [row.because for row in services.late_for(responder)] == ["duress"]


class TestAnswering:
    def test_stands_on_my_day_of_who_answers_and_says_what_to_do(self, signed_in, worker, charnwood, responder):
        pass_by(out(worker, charnwood), hours=2)
        with by(None):
            services.look("beat")
        client = signed_in(responder)
        panel = next(p for p in client.get("/").context["panels"] if p.title == "Alarms")
        page = client.get(panel.items[0].href)
        assert "ring 999 and give the place" in shown(page)
        assert PLACE in shown(page)
        assert f'href="tel:{PHONE.replace(" ", "")}"' in shown(page)
        client.post(panel.items[0].href)
        where = reverse("casework:close_alarm", args=[page.context["outing"].uid])
        client.post(where, {"outcome": "Spoke to her. Her car broke down."})
        assert "Nobody is late" in shown(client.get(reverse("casework:alarms")))

    def test_offers_no_way_to_ring_somebody_whose_word_says_that_others_listen(
        self, signed_in, worker, charnwood, responder
    ):
        with by(worker), transaction.atomic():
            services.choose_word("kettle", by=worker)
        outing, client = out(worker, charnwood), signed_in(responder)
        signed_in(worker).post(reverse("casework:back_from_outing", args=[outing.uid]), {"message": "Kettle"})
        for where in (reverse("casework:alarms"), outing.get_absolute_url()):
            page = shown(client.get(where))
            assert "Do not ring" in page
            assert f'href="tel:{PHONE.replace(" ", "")}"' not in page


class TestTheApi:
    def test_arms_extends_and_comes_back(self, api, worker, charnwood):
        program = api(worker)
        due = (timezone.now() + timezone.timedelta(hours=1)).isoformat()
        body = {"place": PLACE, "phone": PHONE, "due_at": due, "locality": "charnwood"}
        made = program.post("/api/v1/lone-working/", body, format="json")
        assert made.status_code == 201
        uid = made.json()["outing"]["uid"]
        more = (timezone.now() + timezone.timedelta(hours=2)).isoformat()
        assert program.post(f"/api/v1/lone-working/{uid}/longer/", {"due_at": more}).status_code == 200
        assert program.post(f"/api/v1/lone-working/{uid}/back/", {}).json()["outing"] is None
        with by(worker):
            assert Outing.objects.get().ended_at is not None
