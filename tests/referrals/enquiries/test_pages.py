import re

import pytest

from tests.referrals.enquiries import factories
from tests.referrals.enquiries.factories import receipt_of, replies_to
from tests.referrals.intake.factories import SENT_ON, again_as, in_the_name_of, sent_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(school):
    return sent_referral(school)


@pytest.fixture
def desk(senior, signed_in):
    return signed_in(senior)


@pytest.fixture
def browser(school, signed_in):
    return signed_in(school)


def ask(referral, by):
    """Ask on the day the pages stand on."""
    return factories.ask(referral, by, on=SENT_ON)


def reply(referral, referrer):
    return factories.reply(referral, referrer, on=SENT_ON)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


class TestThePageThatAsks:
    def test_asks_and_goes_back_to_the_referral(self, desk, referral):
        form = {"about": ["home"], "question_home": "Which flat?"}
        answer = desk.post(f"/referrals/triage/{referral.uid}/ask/", form, follow=True)
        assert "The referrer has been asked" in text(answer)
        assert "Which flat?" in text(answer)
        assert "No reply yet" in text(answer)

    def test_asks_for_the_words_of_a_chosen_question_and_keeps_the_others(self, desk, referral):
        form = {"about": ["home", "needs"], "question_home": "Which flat?", "question_needs": ""}
        page = text(desk.post(f"/referrals/triage/{referral.uid}/ask/", form))
        assert "Write your question: What the family needs" in page
        assert "Which flat?" in page

    def test_moves_the_referral_to_its_own_part_of_the_queue(self, desk, senior, referral):
        ask(referral, senior)
        page = text(desk.get("/referrals/triage/"))
        assert "Nothing waits for a decision" in page
        assert re.search(r"Waiting for the referrer.*Marsh family.*Clock stopped", page)


class TestThePageThatReplies:
    def test_is_reached_from_my_day_and_from_my_referrals(self, browser, senior, referral):
        ask(referral, senior)
        for address in ("/", "/referrals/", referral.get_absolute_url()):
            assert f'href="/referrals/{referral.uid}/reply/"' in text(browser.get(address))

    def test_sends_the_reply_back(self, browser, senior, school, referral):
        ask(referral, senior)
        form = replies_to(receipt_of(referral, school), "Flat 2.\nAt the back.")
        page = text(browser.post(f"/referrals/{referral.uid}/reply/", form, follow=True))
        assert "Your reply has gone to the Charnwood team" in page
        assert "Flat 2.<br>At the back." in page

    def test_keeps_what_was_typed_where_something_is_missing(self, browser, senior, school, referral):
        ask(referral, senior)
        first, second = replies_to(receipt_of(referral, school))
        page = text(browser.post(f"/referrals/{referral.uid}/reply/", {first: "Flat 2.", second: ""}))
        assert "Reply to “Since when is Jake not in school?”. If you do not know, say so" in page
        assert "Flat 2." in page

    def test_leads_to_the_receipt_once_it_is_replied(self, browser, senior, school, referral):
        ask(referral, senior)
        reply(referral, school)
        assert browser.get(f"/referrals/{referral.uid}/reply/")["Location"] == f"/referrals/{referral.uid}/"


class TestADecisionMadeOverAReply:
    def test_is_refused_by_the_page_and_by_the_api(self, desk, api, senior, school, referral):
        ask(referral, senior)
        with in_the_name_of(senior):
            seen = again_as(senior, referral.uid).revision
        reply(referral, school)
        form = {"reason": "other", "message": "No.", "seen": seen}
        assert desk.post(f"/referrals/triage/{referral.uid}/decline/", form).status_code == 409
        body = {"reason": "other", "message": "No.", "revision": seen}
        answer = api(senior).post(f"/api/v1/triage/{referral.uid}/decline/", body, format="json")
        assert answer.status_code == 409
        assert "The referrer replied while you were deciding" in answer.json()["detail"]


class TestTheApi:
    def test_asks_and_replies(self, api, senior, school, referral):
        body = {"questions": [{"about": "home", "question": "Which flat?"}]}
        asked = api(senior).post(f"/api/v1/triage/{referral.uid}/ask/", body, format="json")
        assert (asked.status_code, asked.json()["state"]) == (200, "asked")
        assert asked.json()["enquiries"][0]["question"] == "Which flat?"
        (one,) = api(school).get(f"/api/v1/receipts/{referral.uid}/").json()["enquiries"]
        body = {"replies": [{"uid": one["uid"], "reply": "Flat 2."}]}
        answer = api(school).post(f"/api/v1/receipts/{referral.uid}/reply/", body, format="json")
        assert (answer.status_code, answer.json()["state"]) == (200, "received")

    def test_refuses_a_reply_that_leaves_a_question_open(self, api, senior, school, referral):
        ask(referral, senior)
        answer = api(school).post(f"/api/v1/receipts/{referral.uid}/reply/", {"replies": []}, format="json")
        assert answer.status_code == 422
        assert answer.json()["detail"] == "Reply to every question. If you do not know, say so."

    def test_refuses_two_questions_about_one_subject(self, api, senior, referral):
        body = {"questions": [{"about": "home", "question": "A?"}, {"about": "home", "question": "B?"}]}
        assert api(senior).post(f"/api/v1/triage/{referral.uid}/ask/", body, format="json").status_code == 400
