"""Restricting a family through the API: as the pages do it, with If-Match and Idempotency-Key."""

import uuid

import pytest
from django.urls import reverse

from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.factories import FamilyFactory
from tests.families.restricting.factories import REASON, left_alone, name

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(charnwood):
    return FamilyFactory(household=True)


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


@pytest.fixture
def client(api, manager):
    return api(manager)


@pytest.fixture
def send():
    """Return ``send(client, method, address, body, **headers)``: as a program does, in nobody else's name."""

    def ask(client, method, address, body=None, *, tag=None, key=None):
        headers = {"If-Match": tag} if tag else {}
        headers |= {"Idempotency-Key": key} if key else {}
        with acting_as(None):
            return getattr(client, method)(address, body, format="json", headers=headers)

    return ask


def at(family) -> str:
    return reverse("api-restriction", args=[family.uid])


def said(*people, worker=None, **more) -> dict:
    named = [{"person": str(user.uid), "role": role.value} for user, role in people]
    return {"people": named, "reason": REASON, "worker": worker and str(worker.uid), **more}


class TestRestrictingThroughTheApi:
    def test_restricts_and_says_who_may_see_it(self, client, send, family, manager, worker):
        body = said((manager, Role.MANAGER), (worker, Role.FSW), worker=worker)
        answer = send(client, "post", at(family), body)
        told = answer.json()
        assert (answer.status_code, answer["ETag"], told["restricted"]) == (200, '"1"', True)
        assert {(one["person"], one["role"]) for one in told["named"]} == {
            (str(manager.uid), "manager"), (str(worker.uid), "fsw"),
        }  # fmt: skip
        assert (told["steps"][0]["reason"], told["steps"][0]["worker"]) == (REASON, str(worker))

    def test_says_null_where_nobody_works_with_it(self, client, send, family, manager):
        answer = send(client, "post", at(family), said((manager, Role.MANAGER)))
        assert answer.json()["steps"][0]["worker"] is None

    def test_answers_nothing_to_whoever_is_not_named(self, client, send, family, post):
        head = post(Role.HEAD)
        assert send(client, "post", at(family), said((head, Role.HEAD))).status_code == 204
        assert send(client, "get", at(family)).status_code == 404

    def test_only_checks_when_it_is_asked_to(self, client, send, family, manager, worker):
        answer = send(client, "post", at(family), said((manager, Role.MANAGER), check=True))
        assert answer.status_code == 202
        assert str(worker.uid) in {one["person"] for one in answer.json()["lose_sight"]}
        assert send(client, "get", at(family)).json()["restricted"] is False

    def test_sent_twice_with_a_key_is_done_once(self, client, send, family, manager):
        key, body = str(uuid.uuid4()), said((manager, Role.MANAGER))
        first, again = (send(client, "post", at(family), body, key=key) for _ in range(2))
        assert (again.status_code, again["Idempotent-Replayed"]) == (200, "true")
        assert first.json() == again.json()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            pytest.param({"reason": "short"}, "reason", id="no real reason"),
            pytest.param({"people": [{"person": str(uuid.uuid4()), "role": "manager"}]}, "people", id="nobody"),
            pytest.param({"worker": str(uuid.uuid4())}, "worker", id="a worker who is not named"),
        ],
    )
    def test_says_what_is_wrong(self, client, send, family, manager, change, field):
        answer = send(client, "post", at(family), said((manager, Role.MANAGER)) | change)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])

    def test_is_for_somebody_who_decides_to_be_named(self, client, send, family, worker):
        answer = send(client, "post", at(family), said((worker, Role.FSW)))
        assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")

    def test_says_the_same_of_a_foreign_person_and_of_none(self, client, send, family, manager, post):
        bodies = [said((manager, Role.MANAGER)) for _ in range(2)]
        bodies[0]["people"][0]["person"] = str(post(Role.DATA).uid)
        bodies[1]["people"][0]["person"] = str(uuid.uuid4())
        answers = [send(client, "post", at(family), body) for body in bodies]
        assert answers[0].content == answers[1].content


class TestChangingThroughTheApi:
    @pytest.fixture
    def restricted(self, family, manager):
        name(family, (manager, Role.MANAGER), by=manager)
        return family

    @pytest.mark.parametrize(("tag", "status"), [(None, 428), ('"0"', 412), ('"1"', 200), ("*", 200)])
    def test_names_what_it_has_read(self, client, send, restricted, manager, worker, tag, status):
        body = said((manager, Role.MANAGER), (worker, Role.FSW))
        assert send(client, "post", at(restricted), body, tag=tag).status_code == status

    @pytest.mark.parametrize(("tag", "status"), [(None, 428), ('"0"', 412), ('"1"', 200)])
    def test_lifts_what_it_has_read(self, client, send, restricted, tag, status):
        answer = send(client, "delete", at(restricted), {"reason": "The relative has left"}, tag=tag)
        assert answer.status_code == status
        assert send(client, "get", at(restricted)).json()["restricted"] is (status != 200)

    def test_lifts_for_a_reason(self, client, send, restricted):
        assert send(client, "delete", at(restricted), {}, tag='"1"').status_code == 400

    def test_is_read_and_not_done_by_a_named_worker(self, send, restricted, manager, worker, api):
        name(restricted, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        assert send(api(worker), "get", at(restricted)).json()["restricted"] is True
        assert send(api(worker), "post", at(restricted), said((worker, Role.FSW))).status_code == 403


class TestTheListThroughTheApi:
    def test_is_the_families_one_is_named_for(self, client, send, family, manager):
        name(family, (manager, Role.MANAGER), by=manager)
        told = send(client, "get", reverse("api-restricted")).json()
        assert [one["reference"] for one in told["named"]] == [family.reference]
        assert (told["nobody_decides"], told["others"]) == ([], 0)

    def test_is_a_number_and_what_is_left_to_the_head(self, send, family, manager, post, api, everything):
        head, closed = api(post(Role.HEAD)), FamilyFactory()
        name(closed, (manager, Role.MANAGER), by=manager)
        left_alone(family, by=everything)
        told = send(head, "get", reverse("api-restricted")).json()
        assert told == {
            "named": [], "nobody_decides": [{"uid": str(family.uid), "reference": family.reference}], "others": 1,
        }  # fmt: skip
        body = {"people": said((manager, Role.MANAGER))["people"], "reason": REASON}
        where = reverse("api-restricted-name", args=[family.uid])
        assert send(head, "post", where, body).status_code == 204
        assert send(head, "post", where, body).status_code == 404


class TestThePeopleToName:
    def test_are_listed_with_their_posts(self, client, send, family, manager, worker):
        told = send(client, "get", reverse("api-restriction-people", args=[family.uid])).json()
        assert [(one["name"], one["decides"]) for one in told] == [(str(manager), True), (str(worker), False)]
        assert told[1]["places"] == ["Charnwood"]
