"""Who may say when a worker works and when they are away, and what allocating makes of it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from referrals.workers.models import Leave, WorkPattern
from referrals.workers.services import Pattern, add_leave, set_pattern
from slf.access.rules import Role
from slf.web.errors import NotAllowed
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2014, 10, 14), date(2014, 10, 24)


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


def url(worker, rest=""):
    return f"/referrals/workers/{worker.uid}/{rest}"


def days(name, day):
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


class TestWhoMaySay:
    def test_is_the_worker_and_who_allocates_to_them(self, worker, senior, signed_in):
        assert signed_in(worker).get(url(worker)).status_code == 200
        assert signed_in(senior).get(url(worker)).status_code == 200

    @pytest.mark.parametrize("role", [Role.FSW, Role.BUSINESS, Role.HEAD, Role.DATA, Role.REFERRER, Role.ADMIN])
    def test_is_nobody_else_of_the_locality(self, role, worker, post, charnwood, signed_in):
        assert signed_in(post(role, charnwood)).get(url(worker)).status_code == 404

    def test_is_no_senior_of_another_locality_and_they_learn_nothing(self, worker, post, melton, signed_in):
        browser = signed_in(post(Role.SENIOR, melton))
        for rest in ("", "days/", "leave/"):
            foreign = browser.get(url(worker, rest))
            missing = browser.get(f"/referrals/workers/00000000-0000-4000-8000-000000000000/{rest}")
            assert (foreign.status_code, missing.status_code) == (404, 404)

    def test_holds_in_the_service_too(self, worker, post, melton):
        other = post(Role.SENIOR, melton)
        with in_the_name_of(other), pytest.raises(type(worker).DoesNotExist):
            add_leave(worker, first=FIRST, last=LAST, by=other)

    def test_leads_a_worker_to_their_own_days_and_others_nowhere(self, worker, senior, signed_in):
        assert signed_in(worker).get("/referrals/workers/me/")["Location"] == url(worker)
        assert signed_in(senior).get("/referrals/workers/me/").status_code == 404


class TestWorkingDays:
    def test_are_the_usual_ones_until_said_otherwise(self, worker, signed_in):
        assert "Monday to Friday" in signed_in(worker).get(url(worker)).content.decode()

    def test_are_saved_and_shown(self, worker, signed_in):
        browser = signed_in(worker)
        body = {"days": ["0", "1", "3"], "evenings": "on", "languages": ["gu"], "district": " le11 "}
        assert browser.post(url(worker, "days/"), body)["Location"] == url(worker)
        page = browser.get(url(worker)).content.decode()
        for words in ("Monday, Tuesday, Thursday, evenings too", "Gujarati", "LE11"):
            assert words in page

    def test_of_a_district_that_is_none_say_so_and_keep_what_was_typed(self, worker, signed_in):
        page = signed_in(worker).post(url(worker, "days/"), {"days": ["0"], "district": "Loug"}).content.decode()
        assert "The district must be the first half of a postcode" in page
        assert 'value="LOUG"' in page

    def test_left_out_are_asked_for(self, worker, signed_in):
        assert "Select the days" in signed_in(worker).post(url(worker, "days/"), {}).content.decode()

    def test_are_at_least_one(self, worker):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkPattern.objects.create(worker=worker, days=[])


class TestDaysAway:
    def test_are_added_and_taken_back(self, worker, signed_in):
        browser = signed_in(worker)
        browser.post(url(worker, "leave/"), days("first", FIRST) | days("last", LAST))
        page = browser.get(url(worker)).content.decode()
        named = '>Take back<span class="govuk-visually-hidden">: 14 October 2014 to 24 October 2014</span></button>'
        assert named in page
        browser.post(url(worker, f"leave/{Leave.objects.get().uid}/cancel/"))
        assert "No days away are known" in browser.get(url(worker)).content.decode()

    def test_twice_are_kept_once(self, worker):
        with in_the_name_of(worker):
            assert add_leave(worker, first=FIRST, last=LAST, by=worker) == add_leave(
                worker, first=FIRST, last=LAST, by=worker
            )

    def test_that_overlap_others_are_refused_in_words(self, worker, signed_in):
        with in_the_name_of(worker):
            add_leave(worker, first=FIRST, last=LAST, by=worker)
            with pytest.raises(NotAllowed, match="away already, 14 October 2014 to 24 October 2014"):
                add_leave(worker, first=LAST, last=LAST, by=worker)
        page = signed_in(worker).post(url(worker, "leave/"), days("first", LAST) | days("last", LAST)).content.decode()
        assert "away already, 14 October 2014 to 24 October 2014" in page

    def test_of_somebody_else_are_not_taken_back_through_ones_own_page(self, worker, post, charnwood, signed_in):
        other = post(Role.FSW, charnwood)
        with in_the_name_of(other):
            leave = add_leave(other, first=FIRST, last=LAST, by=other)
        signed_in(worker).post(url(worker, f"leave/{leave.uid}/cancel/"))
        assert Leave.objects.filter(pk=leave.pk).exists()


class TestThroughTheApi:
    def at(self, worker, rest=""):
        return f"/api/v1/workers/{worker.uid}/{rest}"

    def test_days_and_leave_are_read_and_said(self, worker, senior, api):
        client = api(senior)
        body = {"days": [0, 1], "evenings": True, "languages": ["gu"], "district": "LE11"}
        assert client.post(self.at(worker), body, format="json").status_code == 200
        away = client.post(self.at(worker, "leave/"), {"first": "2014-10-14", "last": "2014-10-24"}, format="json")
        row = client.get(self.at(worker)).json()
        assert (row["days"], row["languages"], row["leave"]) == ([0, 1], ["gu"], [away.json()])
        assert client.delete(self.at(worker, f"leave/{away.json()['uid']}/")).status_code == 204
        assert client.get(self.at(worker)).json()["leave"] == []

    def test_no_such_day_is_refused(self, worker, senior, api):
        body = {"days": [7], "evenings": False, "languages": [], "district": ""}
        assert api(senior).post(self.at(worker), body, format="json").status_code == 400

    def test_of_another_locality_are_not_there(self, worker, post, melton, api):
        assert api(post(Role.SENIOR, melton)).get(self.at(worker)).status_code == 404


class TestSayingItToWhoAllocates:
    def test_keeps_the_pattern_of_one_worker_once(self, worker):
        with in_the_name_of(worker):
            set_pattern(worker, Pattern(days=(1,)), by=worker)
            set_pattern(worker, Pattern(days=(2, 2)), by=worker)
        assert WorkPattern.objects.get().days == [2]
