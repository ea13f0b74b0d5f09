"""Conflicts of interest for programs."""

import pytest

from slf.access.rules import Role
from tests.factories import FamilyFactory
from tests.families.interests.factories import FOUND

pytestmark = pytest.mark.django_db
SAID = {"kind": "friend", "words": "Lives next door"}


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


def address(family):
    return f"/api/v1/families/{family.uid}/interests/"


class TestAProgram:
    def test_says_so_reads_it_and_ends_it(self, api, post, charnwood, family):
        worker, colleague, senior = (
            api(post(role, charnwood)) for role in (Role.FSW, Role.FSW, Role.SENIOR)
        )  # fmt: skip
        made = worker.post(address(family), SAID, format="json")
        assert made.status_code == 201
        assert [row["uid"] for row in worker.get(address(family)).json()] == [made.json()["uid"]]
        assert colleague.get(address(family)).json() == []
        end = f"/api/v1/interests/{made.json()['uid']}/end/"
        assert colleague.post(end, {"reason": FOUND}, format="json").status_code == 404
        assert worker.post(end, {"reason": FOUND}, format="json").status_code == 403
        assert senior.post(end, {"reason": "Short"}, format="json").status_code == 400
        assert senior.post(end, {"reason": FOUND}, format="json").json()["ended_because"] == FOUND
        assert senior.post(end, {"reason": FOUND}, format="json").status_code == 409

    def test_notes_it_of_a_colleague_as_somebody_who_decides(self, api, post, charnwood, melton, family):
        worker, far = post(Role.FSW, charnwood), post(Role.FSW, melton)
        senior = api(post(Role.SENIOR, charnwood))
        body = SAID | {"person": str(worker.uid)}
        assert api(post(Role.FSW, charnwood)).post(address(family), body, format="json").status_code == 403
        refused = senior.post(address(family), SAID | {"person": str(far.uid)}, format="json")
        assert refused.status_code == 400
        assert senior.post(address(family), body, format="json").json()["person"] == str(worker.uid)

    def test_says_how(self, api, post, charnwood, family):
        refused = api(post(Role.FSW, charnwood)).post(address(family), {"kind": "other"}, format="json")
        assert "words" in str(refused.json())
