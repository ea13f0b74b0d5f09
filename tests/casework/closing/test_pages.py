"""The pages of a case and its closing, and what other pages say of a family whose case is closed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.closing.models import Closing
from casework.plans.services import start_plan
from families.twice.models import FamilyMerge
from performance.outcomes.figures import FIGURES, Asked
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import end_post, give_post
from tests.at_once import acting
from tests.casework.closing.factories import (
    EARLIER,
    MISTAKE,
    TODAY,
    answers,
    closed,
    note,
    proposed,
    refer_again,
    worked,
)
from tests.casework.plans.factories import agreed
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(name, of, **more):
    return reverse(f"casework:{name}", args=[of.uid])


@pytest.fixture
def browser(senior, signed_in):
    return signed_in(senior)


class TestClosingOnThePage:
    def test_says_what_ends_what_stays_and_what_is_not_done(self, browser, family, worker):
        agreed(family)
        said = text(browser.get(at("close_case", family)))
        assert f"{worker} works with the family no more" in said
        assert "Version 1 of the plan, agreed, ends" in said
        assert "6 actions of the plan are still to do" in said
        assert "No contact with the family is recorded" in said
        assert "The star was never read" in said
        assert "The list is an example, not Leicestershire policy." in said

    def test_closes_and_says_so_wherever_the_family_is_shown(self, browser, family, senior):
        answer = browser.post(at("close_case", family), answers())
        assert answer.url == at("case", family)
        assert "The family reached what it wanted" in text(browser.get(answer.url))
        page = text(browser.get(family.get_absolute_url()))
        assert "Case closed 15 October 2014 : The family reached what it wanted" in page
        assert "No worker yet" not in page
        assert "Case closed" in text(browser.get(at("chronology", family)))
        found = text(browser.get("/families/", {"q": family.reference}))
        assert "Case closed 15 October 2014" in found

    @pytest.mark.parametrize(
        ("missing", "said"),
        [
            ({"reason": ""}, "Select why it is closed"),
            ({"family_says": ""}, "Enter what the family says"),
            ({"reached": ""}, "Enter what was reached"),
            ({"closes_on_day": "16"}, "must be on or before 15 October 2014"),
            ({"closes_on_month": "8"}, "Close the case from 2 September 2014 on"),
        ],
    )
    def test_says_beside_the_answer_what_is_wrong_and_keeps_what_was_typed(self, browser, family, missing, said):
        answer = browser.post(at("close_case", family), answers(stays="The credit union.") | missing)
        assert answer.status_code == 400
        assert said in text(answer)
        assert "The credit union.</textarea>" in answer.content.decode()
        assert Case.objects.get().closed_on is None

    def test_is_told_who_was_first(self, browser, family, senior, post, charnwood):
        closed(family, post(Role.MANAGER, charnwood))
        answer = browser.post(at("close_case", family), answers())
        assert answer.status_code == 400
        assert "closed this case on 15 October 2014" in text(answer)

    def test_tells_a_reader_with_the_card_alone_that_it_is_closed_but_not_why(
        self, family, senior, post, charnwood, signed_in
    ):
        closed(family, senior)
        said = text(signed_in(post(Role.FSW, charnwood)).get(family.get_absolute_url()))
        assert "Case closed 15 October 2014" in said
        assert "reached what it wanted" not in said


class TestAProposalOnThePage:
    def test_goes_from_the_worker_to_the_senior_and_closes_the_case(self, family, worker, senior, signed_in):
        mine = signed_in(worker)
        assert "Propose to close it" in text(mine.get(at("case", family)))
        assert mine.post(at("propose_closing", family), answers()).url == at("case", family)
        assert "Withdraw it" in text(mine.get(at("case", family)))
        theirs = signed_in(senior)
        day = text(theirs.get("/"))
        assert "Closings to confirm" in day
        assert f"Proposed by {worker}, 15 October 2014" in day
        page = at("confirm_closing", Closing.objects.get())
        assert "They say that they manage on their own now." in text(theirs.get(page))
        day = {name: value for name, value in answers().items() if name.startswith("closes_on")}
        assert theirs.post(page, day).url == at("case", family)
        assert Case.objects.get().closed_on == TODAY
        assert theirs.get(page).url == at("case", family)
        said = text(signed_in(worker).get("/"))
        assert "Cases closed lately" in said
        assert family.name in said

    def test_is_sent_back_and_the_worker_finds_why_on_my_day(self, family, worker, senior, signed_in):
        closing = proposed(family, worker)
        answer = {"answer": "Take a last star reading first."}
        assert signed_in(senior).post(at("send_back_closing", closing), answer).url == at("case", family)
        assert "Take a last star reading first." in text(signed_in(worker).get("/"))
        proposed(family, worker)
        assert "Closings sent back" not in text(signed_in(worker).get("/"))

    def test_is_withdrawn(self, family, worker, signed_in):
        closing = proposed(family, worker)
        assert signed_in(worker).post(at("withdraw_closing", closing)).url == at("case", family)
        assert "Propose to close it" in text(signed_in(worker).get(at("case", family)))

    def test_can_be_withdrawn_by_who_may_also_decide_by_now(self, family, worker, signed_in, charnwood, everything):
        proposed(family, worker)
        give_post(worker, role=Role.SENIOR, locality=charnwood, by=everything, starts_on=EARLIER)
        said = text(signed_in(worker).get(at("case", family)))
        assert "Withdraw it" in said
        assert "Send it back" not in said


class TestTakingBackOnThePage:
    def test_asks_why_and_opens_the_case(self, browser, family, senior):
        closing = closed(family, senior)
        assert "Take the closing back" in text(browser.get(at("case", family)))
        page = at("take_back_closing", closing)
        assert browser.post(page, {"because": "Oops"}).status_code == 400
        assert browser.post(page, {"because": MISTAKE}).url == at("case", family)
        said = text(browser.get(at("case", family)))
        assert "Open" in said
        assert MISTAKE in said
        told = text(browser.get(at("chronology", family)))
        assert "Taken back later" in told
        assert "Closing taken back" in told

    def test_says_that_the_family_waits_where_its_worker_left(self, browser, family, worker, senior, everything):
        closing = closed(family, senior)
        end_post(worker.posts.get(), by=everything, on=timezone.localdate())
        browser.post(at("take_back_closing", closing), {"because": MISTAKE})
        assert f"{worker} cannot have it any more: it waits" in text(browser.get(at("case", family)))

    def test_is_not_offered_when_it_is_long_ago(self, browser, family, senior, settings):
        closing = closed(family, senior)
        settings.SERVICE_DATE = (TODAY + timedelta(days=15)).isoformat()
        assert "Take the closing back" not in text(browser.get(at("case", family)))
        answer = browser.post(at("take_back_closing", closing), {"because": MISTAKE})
        assert "A closing can be taken back for 14 days" in text(answer)


class TestAFamilyWhoseCaseIsClosed:
    def test_is_asked_after_when_the_day_comes_and_once(self, browser, family, senior, settings):
        check = closed(family, senior).checks.first()
        page, case = reverse("casework:sustainment_check", args=[check.uid]), at("case", family)
        assert page not in browser.get(case).content.decode()
        settings.SERVICE_DATE = check.due_on.isoformat()
        assert page in browser.get(case).content.decode()
        day = {f"checked_on_{part}": getattr(check.due_on, part) for part in ("day", "month", "year")}
        wrong = browser.post(page, day | {"stands": "holds", "asked": "Mum"})
        assert wrong.status_code == 400
        assert 'value="Mum"' in wrong.content.decode()
        how = {"stands": "holds", "consent": "agreed", "asked": "Mum", "words": "School every day."}
        assert browser.post(page, day | how).url == case
        assert "School every day." in text(browser.get(case))
        assert browser.get(page).url == case

    def test_is_late_with_nothing(self, browser, family, senior, worker, settings):
        with acting(worker):
            note(family, worker, EARLIER)
        closed(family, senior)
        settings.SERVICE_DATE = (TODAY + timedelta(days=90)).isoformat()
        page = browser.get(family.get_absolute_url())
        assert "overdue" not in text(page)
        assert reverse("casework:allocate", args=[family.uid]) not in page.content.decode()

    def test_referred_again_can_be_allocated_from_its_page(self, browser, family, senior):
        closed(family, senior)
        refer_again(family, senior)
        said = text(browser.get(family.get_absolute_url()))
        assert "A new referral was accepted since" in said
        assert (
            reverse("casework:allocate", args=[family.uid]) in browser.get(family.get_absolute_url()).content.decode()
        )

    def test_says_on_the_page_of_allocating_why_nobody_can_be_given_it(self, browser, family, senior):
        closed(family, senior)
        assert "was closed on 15 October 2014" in text(browser.get(reverse("casework:allocate", args=[family.uid])))

    def test_shows_the_plan_that_ended_and_offers_none(self, browser, family, senior):
        agreed(family)
        closed(family, senior)
        said = text(browser.get(at("plan", family)))
        assert "This plan ended on 15 October 2014" in said
        assert "Start a new plan" not in said

    def test_offers_a_new_plan_once_it_has_a_case_again(self, browser, family, senior, worker):
        agreed(family)
        closed(family, senior)
        Case.objects.create(family=family, opened_on=TODAY, opened_by=senior)
        assert "Start a new plan" in text(browser.get(at("plan", family)))

    def test_tells_the_author_of_a_note_that_was_not_sent(self, family, worker, senior, signed_in):
        mine = signed_in(worker)
        draft = mine.post(reverse("casework:record_visit", args=[family.uid])).url
        mine.post(draft, {"action": "later", "note": "They rang.", "draft-seq": "1"})
        closed(family, senior)
        forget_rights(worker)
        assert "Case closed 15 October 2014" in text(mine.get("/"))
        assert "The case of this family is closed since 15 October 2014" in text(mine.get(draft))

    def test_is_counted_with_the_closed_ones_and_not_with_the_open_ones(self, family, senior):
        closed(family, senior, closes_on=EARLIER)
        with in_the_name_of(senior):
            days = (EARLIER - timedelta(days=1), EARLIER)
            counts = [
                [FIGURES[code].rows(Asked(senior, None, day)).count() for code in ("open", "closed")] for day in days
            ]
        assert counts == [[1, 0], [0, 1]]


class TestTwoFamiliesThatBothHaveAnOpenCase:
    def test_are_made_one_once_the_case_of_one_is_closed(self, family, worker, post, charnwood, signed_in, everything):
        twice = worked(worker, name="The same again")
        for one in (family, twice):
            start_plan(one, by=everything, on=TODAY)
        browser = signed_in(post(Role.MANAGER, charnwood))
        side_by_side = reverse("casework:merge_families", args=[twice.uid, family.uid])
        page = browser.get(side_by_side)
        assert "Both have an open case" in text(page)
        assert f"The case of The same again, {twice.reference}" in text(page)
        assert at("case", twice) in page.content.decode()
        browser.post(at("close_case", twice), answers(reason="twice"))
        assert "Both have" not in text(browser.get(side_by_side))
        browser.post(side_by_side, {"reason": MISTAKE})
        assert FamilyMerge.objects.standing().get().into == family
        story = text(browser.get(at("chronology", family)))
        assert "The family is worked with under another reference" in story

    def test_are_led_nowhere_where_only_one_is_open(self, family, post, charnwood, signed_in):
        other = FamilyFactory(name="The same again")
        browser = signed_in(post(Role.MANAGER, charnwood))
        page = text(browser.get(reverse("casework:merge_families", args=[other.uid, family.uid])))
        assert "The case of The same" not in page
