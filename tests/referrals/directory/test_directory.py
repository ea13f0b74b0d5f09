import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from referrals.directory.models import Service
from slf.access.rules import Role
from tests.referrals.directory.access_rows import BODY, FORM
from tests.referrals.directory.factories import a_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(post, signed_in):
    return signed_in(post(Role.ADMIN))


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


class TestTheDirectory:
    def test_offers_a_family_what_is_near_it_on_the_day(self, charnwood, melton):
        county, near = a_service("County"), a_service("Near", locality=charnwood)
        a_service("Far", locality=melton)
        a_service("Over", locality=charnwood, ends_on=date(2014, 9, 30))
        a_service("To come", locality=charnwood, starts_on=date(2015, 1, 1))
        assert set(Service.objects.offered_on(date(2014, 10, 15)).near(charnwood)) == {county, near}

    def test_lists_a_service_only_with_a_way_to_reach_it(self):
        with pytest.raises(IntegrityError, match="can_be_reached"), transaction.atomic():
            a_service(phone="", web="")

    def test_shows_what_is_over_to_who_keeps_it_alone(self, browser, senior, signed_in):
        a_service("Toy library", ends_on=date(2014, 9, 30))
        assert "Toy library" in text(browser.get("/referrals/services/"))
        assert "Toy library" not in text(signed_in(senior).get("/referrals/services/"))

    def test_is_kept_by_administrators_with_every_version(self, browser):
        assert browser.post("/referrals/services/add/", FORM).status_code == 302
        service = Service.objects.get()
        browser.post(f"/referrals/services/{service.uid}/", FORM | {"phone": "0116 496 0111"})
        events = Service.pgh_event_model.objects.filter(pgh_obj_id=service.pk).order_by("pgh_id")
        assert [event.phone for event in events] == ["0116 496 0199", "0116 496 0111"]

    def test_can_be_for_the_whole_county_again(self, browser, charnwood):
        service = a_service(locality=charnwood)
        assert "In the whole county" in text(browser.get(f"/referrals/services/{service.uid}/"))
        assert browser.post(f"/referrals/services/{service.uid}/", FORM | {"locality": ""}).status_code == 302
        service.refresh_from_db()
        assert service.locality is None

    def test_says_what_is_missing_beside_the_question(self, browser):
        page = text(browser.post("/referrals/services/add/", FORM | {"phone": ""}))
        assert "Give a telephone number or a web address" in page
        page = text(browser.post("/referrals/services/add/", FORM | {
            "ends_on_day": 1, "ends_on_month": 1, "ends_on_year": 2013,
        }))  # fmt: skip
        assert "The last day must be after the first" in page

    def test_is_kept_by_programs_too(self, post, api):
        program = api(post(Role.ADMIN))
        made = program.post("/api/v1/services/", BODY | {"locality": "charnwood"}, format="json")
        assert (made.status_code, made.json()["locality"]) == (201, "charnwood")
        address = f"/api/v1/services/{made.json()['uid']}/"
        assert program.patch(address, {"phone": ""}, format="json").status_code == 400
        assert program.patch(address, {"ends_on": "2014-10-14"}, format="json").status_code == 200
        assert program.get("/api/v1/services/").json()["results"] == []
