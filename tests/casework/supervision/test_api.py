"""Supervision for programs: the same as on the pages."""

from uuid import uuid4

import pytest
from django.urls import reverse

from slf.access.acting import acting_as
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(api):
    def ask(user, name, *args, **body):
        address = reverse(name, args=args)
        with acting_as(None):
            client = api(user)
            return client.post(address, body, format="json") if body else client.get(address)

    return ask


def test_a_supervision_from_beginning_to_end(asked, family, worker, senior, manager, other):
    row = asked(senior, "api-supervisions", workers=[str(worker.uid)], kind="line").json()
    uid = row["parts"][0]["uid"]
    (topic,) = asked(senior, "api-agenda", uid).json()
    assert topic["name"] == "The Jacksons"
    said = {"family": topic["family"], "decision": "continue", "what": "Ring", "due_on": "2014-10-22"}
    decision = asked(senior, "api-decide", uid, **said).json()
    assert decision["words"] == "Continue as planned"
    assert asked(senior, "api-decide", uid, **said | {"decision": "close"}).status_code == 409
    assert asked(senior, "api-decide", uid, **said | {"decision": "nothing", "revision": 1}).status_code == 422
    assert asked(worker, "api-own-part", uid, wellbeing="Tired.").json()["revision"] == 1
    assert asked(manager, "api-own-part", uid).json()["wellbeing"] == "Tired."
    assert asked(other, "api-own-part", uid).status_code == 404
    for person in (senior, worker):
        state = asked(person, "api-supervision", row["uid"]).json()["parts"][0]["state"]
        assert asked(person, "api-sign-supervision", uid, state=state).status_code == 200
    assert asked(worker, "api-sign-supervision", uid, state="another").status_code == 200
    assert asked(senior, "api-decide", uid, **said | {"revision": 1, "decision": "close"}).status_code == 409
    action = decision["actions"][0]["uid"]
    assert asked(worker, "api-agreed-action", action, came_of_it="Rang.").json()["came_of_it"] == "Rang."
    (there,) = asked(worker, "api-family-supervision", family.uid).json()
    assert there["signed_on"] == "2014-10-15"


def test_a_worker_begins_none(asked, worker, other):
    assert asked(worker, "api-supervisions", workers=[str(other.uid)], kind="line").status_code == 403


def test_a_family_of_elsewhere_is_a_missing_one(asked, part, senior, melton):
    far, said = FamilyFactory(locality=melton), {"decision": "continue"}
    answers = [asked(senior, "api-decide", part.uid, **said, family=str(uid)) for uid in (far.uid, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
