"""How many referrals were incomplete: when they were first to be sent, and when a team had to ask."""

from datetime import date

import pytest

from referrals.intake import services
from referrals.triage.missing import what_was_missing
from tests.referrals.enquiries.factories import ask
from tests.referrals.intake.factories import again_as, empty_draft, full_draft, in_the_name_of, sent_referral

pytestmark = pytest.mark.django_db
YEAR = {"since": date(2014, 4, 1), "until": date(2015, 3, 31)}


def count(by):
    with in_the_name_of(by):
        return what_was_missing(by, **YEAR)


class TestTheFirstTryToSend:
    def test_keeps_what_was_missing_and_is_not_forgotten_when_it_is_sent(self, school, senior, signed_in):
        draft = full_draft(school, needs={})
        browser = signed_in(school)
        assert browser.post(f"/referrals/{draft.uid}/check/").status_code == 422
        with in_the_name_of(school):
            services.say_needs(draft, by=school, needs={"crime": "Seen."}, whole_family=False)
        assert browser.post(f"/referrals/{draft.uid}/check/").status_code == 302
        with in_the_name_of(senior):
            held = again_as(senior, draft.uid)
        assert (held.first_tried_on, held.first_missing) == (date(2014, 10, 15), ["needs"])

    def test_keeps_the_first_of_several(self, school, api):
        draft, program = empty_draft(school), api(school)
        for body in ({}, {"in_danger": False}):
            program.patch(f"/api/v1/referrals/{draft.uid}/", body, format="json")
            assert program.post(f"/api/v1/referrals/{draft.uid}/send/").status_code == 422
        with in_the_name_of(school):
            draft.refresh_from_db()
        assert draft.first_missing == ["agreement", "danger", "home", "needs", "people"]


class TestWhatWasMissing:
    def test_counts_by_page_of_the_form(self, school, senior):
        for sections in ([], ["needs"], ["home", "needs"]):
            referral = sent_referral(school)
            with in_the_name_of(senior):
                held = again_as(senior, referral.uid)
                held.first_missing = sections
                held.save(update_fields=["first_missing"])
        ask(referral, senior, questions={"home": "Which flat?"})
        found = count(senior)
        assert (found.sent, found.incomplete, found.came_back) == (3, 2, 1)
        rows = {label: (at_first, back) for label, at_first, back in found.rows}
        assert rows["What the family needs"] == (2, 0)
        assert rows["Where they live"] == (1, 1)

    def test_counts_nothing_of_other_localities(self, school, melton_senior):
        sent_referral(school)
        assert count(melton_senior).sent == 0

    def test_is_a_page_and_an_answer_to_programs(self, school, senior, signed_in, api):
        sent_referral(school)
        assert "What is missing from referrals" in signed_in(senior).get("/referrals/triage/missing/").content.decode()
        answer = api(senior).get("/api/v1/triage/missing/").json()
        assert (answer["sent"], answer["came_back"]) == (1, 0)
        assert {"about": "Where they live", "at_first": 0, "came_back": 0} in answer["by_page"]
