from datetime import date, time

import pytest
from django.urls import reverse

from casework.diary.models import PlannedVisit
from casework.visits.models import Visit
from slf.access.acting import acting_as
from tests.at_once import acting
from tests.casework.diary.factories import TODAY, PlannedVisitFactory
from tests.casework.visits.factories import answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(worker, family, signed_in):
    return signed_in(worker)


@pytest.fixture
def planned(family):
    return PlannedVisitFactory(family=family, about="The letter from school")


def shown(answer) -> str:
    return answer.content.decode()


class TestPlanning:
    def test_makes_a_series_and_shows_it_on_the_page_of_visits(self, client, family):
        form = {"kind": "home", "due_on": "2014-10-22", "due_at": "19:00", "minutes": "60", "every": "week",
                "until": "2014-11-05"}  # fmt: skip
        answer = client.post(reverse("casework:plan_visit", args=[family.uid]), form, follow=True)
        assert "3 visits are planned" in shown(answer)
        assert shown(answer).count("Outside office hours") == 3

    def test_keeps_what_was_typed_and_says_beside_the_answer_what_is_wrong(self, client, family):
        form = {"kind": "home", "due_on": "2014-10-01", "minutes": "60", "about": "The letter"}
        answer = client.post(reverse("casework:plan_visit", args=[family.uid]), form)
        assert answer.status_code == 400
        assert "planned for today or later" in answer.context["form"].errors["due_on"][0]
        assert 'value="The letter"' in shown(answer)


class TestMyDay:
    def test_opens_the_form_of_a_visit_of_today_filled_in_but_for_who_was_seen(self, client, planned, family):
        item = next(p for p in client.get("/").context["panels"] if p.title == "Visits due").items[0]
        assert (item.tag, "15:30, The letter from school" in item.detail) == ("Today", True)
        form = client.post(item.press, follow=True).context["form"]
        assert (form["kind"].value(), form["began_at"].value()) == ("home", "15:30")
        assert [asked.how.value() for asked in form.asked() if asked.how.value()] == []

    def test_says_once_what_is_planned_and_was_agreed_on_the_last_visit(self, client, family, worker):
        with acting(worker):
            Visit.objects.create(
                family=family, kind="home", happened_on=date(2014, 10, 1), next_visit_on=TODAY, note="x",
                recorded_by=worker,
            )  # fmt: skip
        PlannedVisitFactory(family=family, due_on=date(2014, 10, 16), due_at=None)
        panel = next(p for p in client.get("/").context["panels"] if p.title == "Visits due")
        assert [item.detail.endswith("16 October 2014") for item in panel.items] == [True]


class TestRecordingWhatWasPlanned:
    def save(self, client, family, planned, **more):
        where = client.post(reverse("casework:record_planned_visit", args=[planned.uid]))["Location"].partition("?")[0]
        client.post(where, answers(family, planned=str(planned.uid), **more))
        planned.refresh_from_db()
        return Visit.objects.latest("pk")

    def test_notes_it_as_done(self, client, family, planned):
        assert self.save(client, family, planned, changed="Mornings are calm.").planned == planned
        assert planned.state == "done"
        assert "Mornings are calm." in shown(client.get(reverse("casework:visits", args=[family.uid])))

    def test_leaves_it_open_where_it_was_another_visit(self, client, family, planned):
        assert self.save(client, family, planned, another="on").planned is None
        assert planned.state == "planned"

    def test_the_plain_form_knows_the_one_visit_of_today(self, client, family, planned):
        answer = client.post(reverse("casework:record_visit", args=[family.uid]), follow=True)
        assert answer.context["planned"] == planned

    def test_a_planned_visit_of_somebody_elses_family_is_none(self, client, family):
        other = PlannedVisitFactory()
        answer = client.post(reverse("casework:record_visit", args=[family.uid]), follow=True)
        where = answer.redirect_chain[-1][0]
        assert client.get(f"{where}?planned={other.uid}").context["planned"] is None


class TestWhatBecomesOfIt:
    def test_nobody_was_met(self, client, family, planned):
        address = reverse("casework:no_access_at_visit", args=[planned.uid])
        assert client.post(address, {}).status_code == 400
        answer = client.post(address, {"reason": "other", "said": ""})
        assert "Say what the reason was" in shown(answer)
        answer = client.post(address, {"reason": "nobody_in", "said": "I left a card."}, follow=True)
        assert "Nobody answered the door" in shown(answer)

    def test_it_is_moved(self, client, planned):
        form = {"kind": "school", "due_on": "2014-10-17", "due_at": "", "minutes": "90", "about": ""}
        client.post(reverse("casework:move_planned_visit", args=[planned.uid]), form)
        planned.refresh_from_db()
        assert (planned.kind, planned.due_on, planned.due_at) == ("school", date(2014, 10, 17), None)

    def test_the_rest_of_a_series_is_cancelled_with_it(self, client, family, worker):
        form = {"kind": "home", "due_on": "2014-10-22", "minutes": "60", "every": "week", "until": "2014-11-05"}
        client.post(reverse("casework:plan_visit", args=[family.uid]), form)
        with acting_as(worker):
            first = PlannedVisit.objects.visible_to(worker).soonest_first().first()
        address = reverse("casework:cancel_planned_visit", args=[first.uid])
        assert "2 later ones" in shown(client.get(address))
        client.post(address, {"reason": "family", "which": "rest"})
        assert not PlannedVisit.objects.open().exists()


class TestTheApi:
    def test_plans_lists_ones_own_and_records(self, api, worker, family):
        program = api(worker)
        body = {"kind": "home", "due_on": "2014-10-15", "due_at": "15:30"}
        made = program.post(f"/api/v1/families/{family.uid}/planned-visits/", body, format="json").json()
        assert [row["uid"] for row in program.get("/api/v1/planned-visits/").json()] == [made[0]["uid"]]
        visit = {"kind": "phone", "happened_on": "2014-10-15", "note": "Rang.", "sightings": [],
                 "planned": made[0]["uid"]}  # fmt: skip
        recorded = program.post(f"/api/v1/families/{family.uid}/visits/", visit, format="json")
        assert (recorded.status_code, recorded.json()["planned"]) == (201, made[0]["uid"])
        assert PlannedVisit.objects.get().state == "done"

    def test_refuses_what_is_settled(self, api, worker, family):
        planned = PlannedVisitFactory(family=family, due_at=time(9))
        address = f"/api/v1/planned-visits/{planned.uid}"
        assert api(worker).post(f"{address}/cancel/", {"reason": "family"}, format="json").status_code == 200
        assert api(worker).post(f"{address}/no-access/", {"reason": "nobody_in"}, format="json").status_code == 409
