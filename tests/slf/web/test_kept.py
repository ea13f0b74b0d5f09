"""What was typed when the sitting ended: in the form again for the same person, and for nobody else."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from casework.plans.models import Goal
from casework.stars.models import Reading
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.web.kept import IN_THE_FORM_AGAIN
from tests.casework.stars.factories import LOW
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import full_draft

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def worker(post, charnwood, family, everything):
    user = post(Role.FSW, charnwood, "amina")
    hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
    return user


@pytest.fixture
def browser():
    return Client(headers={"Accept": "text/html", "Sec-Fetch-Mode": "navigate"})


def sign_in(browser, user, page="/"):
    answer = browser.post(reverse("account_login"), {"login": user.username, "password": PASSWORD, "next": page})
    assert SESSION_KEY in browser.session
    return answer


def send_signed_out(browser, user, page, sent):
    """Sign in, sign out as in another tab, send the form that is still open; return the answer."""
    sign_in(browser, user)
    browser.post(reverse("account_logout"))
    return browser.post(page, sent, headers={"Referer": f"http://testserver{page}"})


@pytest.fixture
def take(family):
    return reverse("casework:take_reading", args=[family.uid])


@pytest.fixture
def reading():
    day = {"taken_on_day": "14", "taken_on_month": "10", "taken_on_year": "2014"}
    return {"completed": "together", **day, **{f"mark-{code}": mark for code, mark in LOW.items()}, "note": "By hand"}


class TestAReadingSentSignedOut:
    def test_is_in_the_form_again_and_not_saved(self, browser, worker, take, reading):
        answer = send_signed_out(browser, worker, take, reading)
        assert (answer.status_code, Reading.objects.count()) == (302, 0)
        assert sign_in(browser, worker, take).headers["Location"] == take
        page = browser.get(take)
        text = page.content.decode()
        assert IN_THE_FORM_AGAIN in text
        assert ("By hand" in text, 'value="14"' in text) == (True, True)
        assert text.count(" checked") == len(LOW) + 1
        assert "Error" not in text
        assert not Reading.objects.exists()

    def test_stays_until_it_is_saved(self, browser, worker, take, reading):
        send_signed_out(browser, worker, take, reading)
        sign_in(browser, worker, take)
        assert all("By hand" in browser.get(take).content.decode() for _ in range(2))
        assert browser.post(take, reading).status_code == 302
        assert "By hand" not in browser.get(take).content.decode()

    def test_is_not_shown_to_who_signs_in_instead(self, browser, worker, take, reading, post, charnwood):
        send_signed_out(browser, worker, take, reading)
        sign_in(browser, post(Role.SENIOR, charnwood))
        assert "By hand" not in browser.get(take).content.decode()
        browser.post(reverse("account_logout"))
        sign_in(browser, worker, take)
        assert "By hand" not in browser.get(take).content.decode()

    def test_lies_sealed_until_then(self, browser, worker, take, reading):
        send_signed_out(browser, worker, take, reading)
        (stored,) = (session.get_decoded() for session in Session.objects.all())
        assert "By hand" not in str(stored)

    def test_by_a_browser_nobody_was_signed_in_at_is_not_kept(self, browser, take, reading):
        browser.post(take, reading, headers={"Referer": f"http://testserver{take}"})
        assert "kept_for" not in browser.session


class TestAReadingSentFromAPageOpenedBeforeSigningInAgain:
    """The page was open in one tab, while its person signed out and in again in another."""

    @pytest.fixture
    def browser(self):
        return Client(headers={"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}, enforce_csrf_checks=True)

    def token(self, browser, page):
        return re.search(r'csrfmiddlewaretoken" value="([^"]+)"', browser.get(page).content.decode())[1]

    def enter(self, browser, user):
        token = self.token(browser, reverse("account_login"))
        sent = {"login": user.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
        browser.post(reverse("account_login"), sent)
        assert SESSION_KEY in browser.session

    def leave(self, browser):
        page = reverse("account_logout")
        browser.post(page, {"csrfmiddlewaretoken": self.token(browser, page)})

    def send(self, browser, take, reading, token):
        return browser.post(
            take, reading | {"csrfmiddlewaretoken": token}, headers={"Referer": f"http://testserver{take}"}
        )

    def test_is_in_the_form_again(self, browser, worker, take, reading):
        self.enter(browser, worker)
        token = self.token(browser, take)
        self.leave(browser)
        self.enter(browser, worker)
        answer = self.send(browser, take, reading, token)
        assert (answer.status_code, answer.headers["Location"], Reading.objects.count()) == (302, take, 0)
        assert "By hand" in browser.get(take).content.decode()

    def test_is_refused_to_the_next_person(self, browser, worker, take, reading, post, charnwood):
        self.enter(browser, worker)
        token = self.token(browser, take)
        self.leave(browser)
        self.enter(browser, post(Role.SENIOR, charnwood))
        assert self.send(browser, take, reading, token).status_code == 403
        assert "By hand" not in browser.get(take).content.decode()

    def test_that_nobody_opened_here_is_refused(self, browser, worker, take, reading):
        self.enter(browser, worker)
        self.leave(browser)
        self.enter(browser, worker)
        assert [self.send(browser, take, reading, token).status_code for token in ("x" * 64, "", "?")] == [403] * 3


class TestOtherFormsSentSignedOut:
    def test_of_a_plan(self, browser, worker, family):
        page = reverse("casework:add_goal", args=[family.uid])
        send_signed_out(browser, worker, page, {"words": "We want calmer mornings."})
        sign_in(browser, worker, page)
        assert "We want calmer mornings." in browser.get(page).content.decode()
        assert not Goal.objects.exists()

    def test_of_a_referral_with_more_people_than_were_saved(self, browser, post, charnwood):
        school = post(Role.REFERRER, charnwood, "school")
        page = reverse("referrals:people", args=[full_draft(school).uid])
        counts = {f"{name}-{part}_FORMS": "0" for name in ("adults", "children") for part in ("TOTAL", "INITIAL")}
        sent = counts | {"children-TOTAL_FORMS": "7", "children-6-given_names": "Newborn"}
        send_signed_out(browser, school, page, sent)
        sign_in(browser, school, page)
        assert 'value="Newborn"' in browser.get(page).content.decode()

    def test_with_nothing_typed_are_forgotten(self, browser, worker, family):
        send_signed_out(browser, worker, reverse("casework:start_plan", args=[family.uid]), {})
        assert "kept_for" not in browser.session
