import pytest

from referrals.intake.rules import DECIDE_WITHIN
from slf.access.rules import Role
from slf.policy.models import value_of
from tests.slf.policy.factories import proposal

pytestmark = pytest.mark.django_db
BODY = {"value": 7, "starts_on": "2014-10-15", "document": "Guidance 2014"}
VALUES = "/api/v1/settings/decide_within/values/"


class TestSettings:
    def test_say_what_they_are_and_that_they_are_an_example(self, api, post, charnwood):
        found = {one["key"]: one for one in api(post(Role.FSW, charnwood)).get("/api/v1/settings/").json()}
        told = found["decide_within"]
        assert (told["kind"], told["value"], told["example"], told["starts_on"]) == ("number", 5, True, None)
        assert found["suffices"]["value"] == ["parent:yes", "parent:not_known", "adult:yes"]

    def test_are_proposed_by_one_and_confirmed_by_another(self, api, post):
        admin, head = api(post(Role.ADMIN)), api(post(Role.HEAD))
        made = admin.post(VALUES, BODY, format="json")
        assert (made.status_code, made.json()["confirmed_by"]) == (201, None)
        address = f"/api/v1/settings/values/{made.json()['uid']}/confirm/"
        assert admin.post(address).status_code == 403
        assert head.post(address).status_code == 200
        assert value_of(DECIDE_WITHIN) == 7
        assert head.get("/api/v1/settings/decide_within/").json()["document"] == "Guidance 2014"
        assert head.get(VALUES).json()["results"][0]["value"] == 7

    @pytest.mark.parametrize("wrong", [{"value": 0}, {"value": [1]}, {"starts_on": "2014-10-01"}])
    def test_refuse_what_cannot_be(self, api, post, wrong):
        assert api(post(Role.HEAD)).post(VALUES, BODY | wrong, format="json").status_code == 422

    def test_say_when_another_waits(self, api, post):
        proposal(DECIDE_WITHIN, 7)
        assert api(post(Role.HEAD)).post(VALUES, BODY, format="json").status_code == 409
