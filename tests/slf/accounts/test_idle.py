from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from slf.accounts.models import User
from tests.slf.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FETCH = {"Accept": "application/json", "Sec-Fetch-Mode": "cors"}
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/page/?tab=stars"}
POLLING = HTMX | {"X-SLF-Poll": "1"}


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


@pytest.fixture
def at_work(clock, amina, browser, sign_in):
    """Amina signed in at nine."""
    sign_in()
    return browser


class TestSomebodyWhoHasLeft:
    def test_is_signed_out_after_half_an_hour_and_comes_back_to_the_same_page(self, clock, at_work, sign_in):
        clock.shift(timedelta(minutes=30))
        assert at_work.get("/page/?tab=stars").headers["Location"] == "/accounts/login/?next=%2Fpage%2F%3Ftab%3Dstars"
        assert SESSION_KEY not in at_work.session
        assert sign_in(next="/page/?tab=stars").headers["Location"] == "/page/?tab=stars"

    def test_comes_back_to_the_form_when_they_sent_one(self, clock, at_work):
        clock.shift(timedelta(minutes=30))
        sent = at_work.post("/page/", headers={"Referer": "http://testserver/page/?form=1"})
        assert sent.headers["Location"] == "/accounts/login/?next=%2Fpage%2F%3Fform%3D1"

    def test_is_never_sent_to_a_page_of_another_site(self, clock, at_work):
        clock.shift(timedelta(minutes=30))
        sent = at_work.post("/page/", headers={"Referer": "http://elsewhere.example/trap"})
        assert sent.headers["Location"] == "/accounts/login/?next=%2F"

    def test_leaves_nothing_of_the_session(self, clock, at_work):
        session = at_work.session
        session["note"] = "about a family"
        session.save()
        clock.shift(timedelta(minutes=30))
        at_work.get("/page/")
        assert "note" not in at_work.session

    def test_is_not_kept_in_by_a_page_that_polls(self, clock, at_work):
        for _ in range(3):
            clock.shift(timedelta(minutes=10))
            polled = at_work.get("/page/", headers=POLLING)
        assert polled.status_code == 401


class TestSomebodyAtWork:
    def test_is_not_signed_out_while_active(self, clock, at_work):
        for _ in range(6):
            clock.shift(timedelta(minutes=20))
            assert at_work.get("/page/").status_code == 200

    def test_is_active_when_a_draft_is_saved(self, clock, at_work):
        for _ in range(3):
            clock.shift(timedelta(minutes=20))
            assert at_work.post("/page/", headers=FETCH).status_code == 200

    def test_costs_a_write_only_once_a_minute(self, clock, at_work):
        clock.shift(timedelta(seconds=30))
        at_work.get("/page/")
        assert at_work.session["sitting_active"] == NINE.timestamp()
        clock.shift(timedelta(seconds=30))
        at_work.get("/page/")
        assert at_work.session["sitting_active"] == NINE.timestamp() + 60

    def test_signs_in_again_after_twelve_hours(self, clock, at_work):
        for _ in range(12 * 3 - 1):
            clock.shift(timedelta(minutes=20))
            assert at_work.get("/page/").status_code == 200
        clock.shift(timedelta(minutes=20))
        assert at_work.get("/page/").status_code == 302

    def test_has_pages_that_no_browser_keeps(self, at_work):
        assert "no-store" in at_work.get("/page/").headers["Cache-Control"]


class TestAScriptWhosePersonIsSignedOut:
    def test_is_told_so_with_the_address_to_sign_in(self, browser, probes):
        answer = browser.post("/page/", headers=FETCH | {"Referer": "http://testserver/page/?form=1"})
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["address"] == "/accounts/login/?next=%2Fpage%2F%3Fform%3D1"

    def test_goes_there_when_it_is_htmx(self, browser, probes):
        answer = browser.get("/page/rows/", headers=HTMX)
        assert answer.status_code == 404  # no such page is no secret
        answer = browser.get("/page/", headers=HTMX)
        assert answer.status_code == 401
        assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fpage%2F%3Ftab%3Dstars"


class TestStaying:
    def test_tells_how_long_is_left_without_counting_as_activity(self, clock, at_work):
        for minutes in (10, 20):
            clock.shift(timedelta(minutes=10))
            answer = at_work.get(reverse("account_stay"), headers=FETCH | {"X-SLF-Poll": "1"})
            assert answer.json() == {"left": (30 - minutes) * 60, "may_stay": True}

    def test_takes_one_press(self, clock, at_work):
        clock.shift(timedelta(minutes=29))
        assert at_work.post(reverse("account_stay"), headers=FETCH).json() == {"left": 30 * 60, "may_stay": True}
        clock.shift(timedelta(minutes=29))
        assert at_work.get("/page/").status_code == 200

    def test_works_without_javascript(self, clock, at_work):
        clock.shift(timedelta(minutes=29))
        assert at_work.post(reverse("account_stay"), {"next": "/page/"}).headers["Location"] == "/page/"

    def test_is_too_late_after_half_an_hour(self, clock, at_work):
        clock.shift(timedelta(minutes=30))
        assert at_work.post(reverse("account_stay"), headers=FETCH).status_code == 401

    def test_is_no_use_at_the_end_of_the_day(self, clock, at_work):
        for _ in range(35):
            clock.shift(timedelta(minutes=20))
            at_work.get("/page/")
        clock.shift(timedelta(minutes=19))
        assert at_work.post(reverse("account_stay"), headers=FETCH).json() == {"left": 60, "may_stay": False}


class TestAnotherPersonOnTheSameBrowser:
    def test_starts_at_their_own_first_page(self, clock, at_work, sign_in):
        User.objects.create_user("bashir", password=PASSWORD)
        clock.shift(timedelta(minutes=30))
        at_work.get("/page/?tab=stars")
        assert sign_in(username="bashir", next="/page/?tab=stars").headers["Location"] == "/"

    def test_gets_a_clean_session(self, clock, at_work, sign_in):
        User.objects.create_user("bashir", password=PASSWORD)
        session = at_work.session
        session["note"] = "about a family"
        session.save()
        at_work.post(reverse("account_logout"))
        sign_in(username="bashir")
        assert "note" not in at_work.session
        assert at_work.get("/page/").content == b"Page of bashir"
