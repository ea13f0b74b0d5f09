"""What no person sends is refused as unreadable, and never breaks anything."""

import pytest

from slf.access.rules import Role

pytestmark = pytest.mark.django_db


class TestANulInAnAddress:
    @pytest.mark.parametrize(
        "address", ["/families/?q=%00", "/families/?q=a%00b", "/performance/?on=%00", "/api/v1/families/?page=%00"]
    )
    def test_is_a_bad_request(self, post, charnwood, signed_in, address):
        assert signed_in(post(Role.MANAGER, charnwood)).get(address).status_code == 400


class TestABodyNestedTooDeep:
    @pytest.mark.parametrize("depth", [21, 100_000])
    def test_is_a_bad_request_at_the_api(self, post, charnwood, api, depth):
        body = "[" * depth + "]" * depth
        answer = api(post(Role.REFERRER, charnwood)).post("/api/v1/referrals/", body, content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
