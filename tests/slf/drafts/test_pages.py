import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.models import Draft
from slf.drafts.services import start_draft
from tests.factories import FamilyFactory
from tests.slf.drafts.sealed import seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


def body(note="typed", *, base=0, seq=1, writer=None):
    return {"base": base, "writer": str(writer or uuid4()), "seq": seq, "content": {"note": [note]}}


def put(client, uid, sent, **headers):
    address = reverse("drafts:draft", args=[uid])
    return client.put(address, sent, content_type="application/json", headers={"Accept": "application/json", **headers})


class TestThrowingAway:
    def test_is_not_undone_by_what_the_same_page_sent_before(self, client, worker):
        uid, page = uuid4(), uuid4()
        put(client, uid, body("first", writer=page))
        client.post(reverse("drafts:throw_away", args=[uid]), {"draft-writer": str(page)})
        answer = put(client, uid, body("first and late", writer=page, seq=2))
        assert (answer.status_code, answer.json()["verdict"]) == (200, "same")
        with acting_as(worker):
            assert not Draft.objects.unsent().exists()

    def test_loses_nothing_that_another_page_wrote(self, client, worker):
        uid = uuid4()
        put(client, uid, body("first"))
        client.post(reverse("drafts:throw_away", args=[uid]), {"draft-writer": str(uuid4())})
        assert put(client, uid, body("elsewhere", seq=9)).json()["verdict"] == "conflict"


class TestTyping:
    def test_is_kept_under_the_servers_revision(self, client):
        answer = put(client, uuid4(), body("typed on a phone"))
        assert (answer.status_code, answer.json()["revision"], answer.json()["verdict"]) == (200, 1, "newer")

    @pytest.mark.parametrize("sent", ["{", "[]", {"content": "x"}, {**body(), "seq": -1}, {**body(), "writer": "me"}])
    def test_that_is_no_draft_is_refused(self, client, sent):
        address = reverse("drafts:draft", args=[uuid4()])
        sent = sent if isinstance(sent, str) else json.dumps(sent)
        answer = client.put(address, sent, content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")

    def test_can_be_asked_how_far_it_came_by_who_types(self, client, signed_in, post, charnwood):
        uid, colleague = uuid4(), signed_in(post(Role.FSW, charnwood))
        address = reverse("drafts:draft", args=[uid])
        assert client.get(address).json() == {"revision": 0}
        put(client, uid, body())
        assert client.get(address).json() == {"revision": 1}
        assert colleague.get(address).json() == {"revision": 0}

    def test_when_signed_out_is_answered_with_401_and_not_with_a_page(self):
        answer = put(Client(), uuid4(), body())
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")

    def test_on_a_page_left_by_somebody_else_saves_nothing_in_my_name(self, client, worker):
        answer = put(client, uuid4(), body(), **{"X-Draft-Owner": str(uuid4())})
        assert answer.status_code == 401
        with acting_as(worker):
            assert not Draft.objects.exists()

    def test_of_a_whole_novel_is_refused_with_413(self, client):
        assert put(client, uuid4(), body("x" * 600_000)).status_code == 413
        assert put(client, uuid4(), {**body(), "content": {"x" * 600_000: "y"}}).status_code == 413

    @pytest.mark.parametrize("name", ["a\x00b", "a\ud800b"])
    def test_under_a_name_nobody_can_write_down_is_kept(self, client, name):
        answer = put(client, uuid4(), {**body(), "content": {name: "typed"}})
        assert (answer.status_code, answer.json()["verdict"]) == (200, "newer")

    @pytest.mark.parametrize("depth", [21, 100_000])
    def test_of_a_hundred_boxes_in_boxes_is_refused(self, client, depth):
        address = reverse("drafts:draft", args=[uuid4()])
        sent = "[" * depth + "]" * depth
        for text in (sent, json.dumps(body()).replace('["typed"]', sent)):
            assert client.put(address, text, content_type="application/json").status_code == 400


class TestASealedCopy:
    def recover(self, client, sealed):
        return client.post(reverse("drafts:recover"), sealed, content_type="application/json")

    def test_left_on_the_device_is_taken_in(self, client, worker):
        uid = uuid4()
        answer = self.recover(client, seal({"uid": str(uid), "written": body("saved by the seal")}, owner=worker))
        assert (answer.status_code, answer.json()["was_new"]) == (200, True)
        with acting_as(worker):
            draft = Draft.objects.get(uid=uid)
        assert draft.content == {"note": ["saved by the seal"]}
        assert draft.recovered_at

    def test_that_the_server_has_already_is_no_news(self, client, worker):
        uid, sent = uuid4(), body("both have it")
        put(client, uid, sent)
        answer = self.recover(client, seal({"uid": str(uid), "written": sent}, owner=worker))
        assert answer.json()["was_new"] is False

    def test_of_somebody_else_cannot_be_opened(self, client, post, charnwood):
        colleague = post(Role.FSW, charnwood)
        answer = self.recover(client, seal({"uid": str(uuid4()), "written": body()}, owner=colleague))
        assert answer.status_code == 422

    @pytest.mark.parametrize(
        "damage", [{}, {"key": "AAAA"}, {"iv": "!"}, {"body": ""}, {"key": None}, {"body": "AAAA"}]
    )
    def test_that_is_damaged_is_refused_and_stays_on_the_device(self, client, worker, damage):
        sealed = seal({"uid": str(uuid4()), "written": body()}, owner=worker) | damage if damage else {}
        assert self.recover(client, sealed).status_code == 422

    @pytest.mark.parametrize(
        "inner", [[], {}, {"uid": "x", "written": {}}, {"uid": str(uuid4()), "written": {"seq": 1}}]
    )
    def test_that_holds_something_else_is_refused(self, client, worker, inner):
        assert self.recover(client, seal(inner, owner=worker)).status_code == 422


class TestTheDevice:
    def test_is_told_whose_notes_it_keeps_and_the_public_key(self, client, worker):
        answer = client.get(reverse("drafts:device")).json()
        assert answer["owner"] == str(worker.uid)
        assert "PRIVATE" not in answer["key"]

    def test_gets_a_worker_from_the_root_that_keeps_only_the_look(self):
        answer = Client().get("/sw.js")
        assert answer["Content-Type"] == "text/javascript"
        assert b"/static/slf/drafts.js" in answer.content

    def test_keeps_a_page_with_nobodys_data(self, client):
        assert client.get("/offline/").content == Client().get("/offline/").content


class TestThrowingANoteAway:
    def test_takes_it_off_the_lists(self, client, worker):
        with acting_as(worker):
            draft = start_draft("visit", by=worker, family=FamilyFactory())
        assert client.post(reverse("drafts:throw_away", args=[draft.uid])).status_code == 302
        with acting_as(worker):
            assert not Draft.objects.unsent().exists()


class TestDraftsForPrograms:
    def test_are_ones_own(self, worker, api, post, charnwood):
        program = api(worker)
        program.put(reverse("draft-detail", args=[uuid4()]), body("mine"), format="json")
        assert [d["content"] for d in program.get(reverse("draft-list")).json()["results"]] == [{"note": ["mine"]}]
        assert api(post(Role.SENIOR, charnwood)).get(reverse("draft-list")).json()["count"] == 0

    def test_say_when_a_state_was_kept_as_a_copy(self, worker, api):
        program, address = api(worker), reverse("draft-detail", args=[uuid4()])
        program.put(address, body("one"), format="json")
        answer = program.put(address, body("two"), format="json").json()
        assert (answer["verdict"], answer["content"]) == ("conflict", {"note": ["two"]})

    def test_are_refused_field_by_field(self, worker, api):
        answer = api(worker).put(reverse("draft-detail", args=[uuid4()]), {"seq": "x"}, format="json")
        assert answer.status_code == 400
        assert {"base", "seq", "writer", "content"} == set(answer.json()["errors"])
