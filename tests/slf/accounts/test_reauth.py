from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from slf.access.rules import Role
from slf.access.services import give_post
from tests.slf.accounts.conftest import PASSWORD
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(amina, browser, sign_in, time_machine):
    """Amina signed in more than five minutes ago."""
    sign_in()
    time_machine.move_to(timezone.now() + timedelta(seconds=301), tick=True)
    return browser


class TestAnActThatNeedsThePersonNow:
    def test_is_open_just_after_signing_in(self, amina, browser, sign_in):
        sign_in()
        assert browser.post("/sign-off/", {"run": "7"}).content == b"POST 7"

    def test_asks_again_five_minutes_later(self, at_work):
        assert at_work.get("/sign-off/").headers["Location"] == "/accounts/confirm/?next=%2Fsign-off%2F"

    def test_asks_somebody_whose_session_says_nothing(self, amina, probes, signed_in):
        assert signed_in(amina).get("/sign-off/").headers["Location"].startswith("/accounts/confirm/")

    def test_is_done_once_the_password_is_given_without_typing_the_form_again(self, at_work):
        asked = at_work.post("/sign-off/", {"run": "7"})
        assert at_work.get(asked.headers["Location"]).status_code == 200
        assert at_work.post(asked.headers["Location"], {"password": PASSWORD}).content == b"POST 7"
        assert at_work.get("/sign-off/").status_code == 200

    def test_is_not_done_with_a_wrong_password(self, at_work):
        asked = at_work.post("/sign-off/", {"run": "7"})
        answer = at_work.post(asked.headers["Location"], {"password": "a wrong one"})
        assert "That is not your password." in answer.content.decode()
        assert at_work.get("/sign-off/").status_code == 302

    def test_tells_a_script_where_to_go(self, at_work):
        headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/page/"}
        answer = at_work.post("/sign-off/", headers=headers)
        assert answer.status_code == 403
        assert answer.headers["HX-Redirect"] == "/accounts/confirm/?next=%2Fpage%2F"

    def test_can_be_tested(self, amina, probes, signed_in):
        client = signed_in_recently(signed_in(amina), amina)
        assert client.get("/sign-off/").status_code == 200
        client = signed_in_recently(signed_in(amina), amina, seconds_ago=301)
        assert client.get("/sign-off/").status_code == 302

    def test_does_not_believe_another_persons_proof(self, amina, probes, signed_in, post, charnwood):
        other = post(Role.FSW, charnwood)
        assert signed_in_recently(signed_in(other), amina).get("/sign-off/").status_code == 302


class TestSomebodySignedOut:
    def test_signs_in(self, probes):
        assert Client().get("/sign-off/").headers["Location"] == reverse("account_login") + "?next=%2Fsign-off%2F"


class TestThePageThatAsks:
    @pytest.fixture
    def worker(self, amina, charnwood, everything, at_work):
        give_post(amina, role=Role.FSW, locality=charnwood, by=everything, starts_on=timezone.localdate())
        return at_work

    @pytest.fixture
    def asking(self, worker, at_work):
        asked = at_work.get("/access/emergency/", headers={"Referer": "http://testserver/families/"})
        return at_work.get(asked.headers["Location"]).content.decode()

    def test_says_for_what(self, asking):
        assert "You are about to ask for emergency access to a record." in asking

    def test_leads_back_to_where_they_came_from(self, asking):
        assert '<a class="govuk-link" href="/families/">Do not do it, and go back</a>' in asking

    def test_leads_nowhere_else(self, worker, at_work):
        asked = at_work.get("/access/emergency/", headers={"Referer": "http://testserver//evil.example/x"})
        assert "evil.example" not in at_work.get(asked.headers["Location"]).content.decode()


class TestAFileToDownload:
    PAGE, FILE = "/performance/dashboard/open/", "/performance/dashboard/open/csv/"

    @pytest.fixture
    def manager(self, amina, charnwood, everything, at_work):
        give_post(amina, role=Role.MANAGER, locality=charnwood, by=everything, starts_on=timezone.localdate())
        return at_work

    @pytest.fixture
    def asked(self, manager):
        return manager.get(self.FILE, headers={"Referer": f"http://testserver{self.PAGE}"}).headers["Location"]

    def test_leads_back_to_its_page_and_is_there_to_be_chosen_again(self, manager, asked):
        assert "come back to where you were, and choose the file again." in manager.get(asked).content.decode()
        answer = manager.post(asked, {"password": PASSWORD}, follow=True)
        assert answer.redirect_chain[-1][0] == self.PAGE
        assert "You can download the file now: choose it again." in answer.content.decode()
        assert manager.get(self.FILE).headers["Content-Type"].startswith("text/csv")

    def test_follows_at_once_where_there_is_no_page_to_go_back_to(self, manager):
        assert manager.get(self.FILE).headers["Location"].endswith("?next=%2Fperformance%2Fdashboard%2Fopen%2Fcsv%2F")

    def test_is_not_promised_to_who_has_not_proved_themselves(self, manager, asked):
        answer = manager.get("/accounts/confirm/done/", follow=True)
        assert answer.redirect_chain == [(self.PAGE, 302)]
        assert "choose it again" not in answer.content.decode()
