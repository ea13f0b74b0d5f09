import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.models import Case
from referrals.allocation.models import Allocation
from slf.access.rules import Role
from tests.casework.cases.factories import agreed_family
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def browser(senior, signed_in):
    return signed_in(senior)


@pytest.fixture
def workers(post, charnwood):
    return [post(Role.FSW, charnwood, f"fsw{n}") for n in range(2)]


@pytest.fixture
def family(everything):
    return agreed_family(everything)


def address(family):
    return f"/casework/allocate/{family.uid}/"


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def body(worker, complexity="no"):
    return {"worker": str(worker.uid), "complexity": complexity}


class TestThePage:
    def test_shows_each_worker_with_how_full_they_are(self, browser, family, workers, everything):
        browser.post(address(agreed_family(everything)), body(workers[0], "yes"))
        page = text(browser.get(address(family)))
        assert "1.7 of 10, 17%" in page
        assert "0 of 10, 0%" in page
        assert "Source documents: caseload c10 mixed, c6 highly complex" in page

    def test_suggests_the_lightest_and_chooses_nobody(self, browser, family, workers):
        page = text(browser.get(address(family)))
        assert page.count("Suggested") == 1
        assert " checked" not in page

    @pytest.mark.parametrize(("more", "shown"), [pytest.param(2, 4, id="four"), pytest.param(3, 3, id="five")])
    def test_shows_the_first_three_and_hides_no_single_one(
        self, browser, family, workers, post, charnwood, more, shown
    ):
        for n in range(more):
            post(Role.FSW, charnwood, f"more{n}")
        at_once, _, others = text(browser.get(address(family))).partition('<details class="govuk-details slf-workers')
        assert (at_once.count('name="worker"'), others.count('name="worker"')) == (shown, len(workers) + more - shown)

    def test_opens_the_others_where_one_of_them_was_chosen(self, browser, family, workers, post, charnwood):
        last = [post(Role.FSW, charnwood, f"more{n}") for n in range(3)][-1]
        others = '<details class="govuk-details slf-workers__others" open>'
        assert others in text(browser.post(address(family), {"worker": str(last.uid)}))
        assert others not in text(browser.get(address(family)))

    def test_says_so_when_nobody_is_in_post(self, browser, family):
        assert "Nobody could take this family" in text(browser.get(address(family)))

    def test_says_beforehand_that_the_family_has_not_agreed(self, browser, workers):
        assert "has not agreed to the service" in text(browser.get(address(FamilyFactory())))

    def test_takes_the_same_queries_for_many_workers_as_for_one(self, browser, family, post, charnwood, workers):
        browser.get(address(family))
        with CaptureQueriesContext(connection) as few:
            browser.get(address(family))
        for _ in range(5):
            post(Role.FSW, charnwood)
        with CaptureQueriesContext(connection) as many:
            browser.get(address(family))
        assert len(few) == len(many)


class TestAllocating:
    def test_gives_the_family_and_goes_to_it(self, browser, family, workers):
        answer = browser.post(address(family), body(workers[1], "yes"))
        assert answer["Location"] == family.get_absolute_url()
        assert Allocation.objects.get().highly_complex
        assert Case.objects.get().family == family

    def test_asks_for_both_answers_and_keeps_what_was_chosen(self, browser, family, workers):
        page = text(browser.post(address(family), {"complexity": "yes"}))
        assert "Answer “Who will work with the family?”" in page
        assert page.count(" checked") == 1

    def test_of_a_family_without_agreement_is_refused_in_words(self, browser, workers):
        answer = browser.post(address(FamilyFactory()), body(workers[0]))
        assert answer.status_code == 409
        assert "has not agreed to the service" in text(answer)

    def test_says_who_has_the_family_now(self, browser, family, workers):
        browser.post(address(family), body(workers[0]))
        page = text(browser.get(address(family)))
        assert f"{workers[0]} works with this family since" in page
        assert "Works with the family now" in page


class TestMoreThanAFullCaseload:
    @pytest.fixture
    def full(self, workers, everything, browser):
        """A worker with nine families and one that is highly complex would be at 10.7 of 10."""
        for _ in range(9):
            browser.post(address(agreed_family(everything)), body(workers[0]))
        return workers[0]

    def test_is_shown_beforehand(self, browser, family, full):
        page = text(browser.get(address(family)))
        assert "With this family: mixed 10 of 10; highly complex 10.7 of 10, <strong" in page
        assert "Why is more than a full caseload right?" not in page

    def test_takes_a_reason_that_is_kept(self, browser, family, full):
        page = text(browser.post(address(family), body(full, "yes")))
        assert f"{full} would have 10.7 of 10, 107%. Say why that is right" in page
        browser.post(address(family), body(full, "yes") | {"reason": "She knows the family."})
        assert Allocation.objects.get(family=family).over_reason == "She knows the family."

    def test_needs_none_for_one_who_has_room(self, browser, family, full):
        assert browser.post(address(family), body(full)).status_code == 302
        assert Allocation.objects.get(family=family).over_reason == ""

    def test_needs_one_through_the_api_too(self, api, senior, family, full):
        url, given = f"/api/v1/families/{family.uid}/allocate/", {"worker": str(full.uid), "highly_complex": True}
        assert api(senior).post(url, given, format="json").status_code == 409
        assert api(senior).post(url, given | {"reason": "She knows them."}, format="json").status_code == 200

    def test_does_not_count_the_family_itself_twice(self, browser, family, full):
        browser.post(address(family), body(full))
        page = text(browser.get(address(family)))
        assert "With this family: mixed 10 of 10;" in page


class TestWhatIsMissing:
    def test_is_listed_in_the_order_of_the_page(self, browser, family, workers):
        page = text(browser.post(address(family), {}))
        assert page.index("Answer “How heavy is this family?”") < page.index("Answer “Who will work with the family?”")


class TestAllocatingThroughTheApi:
    def url(self, family):
        return f"/api/v1/families/{family.uid}/allocate/"

    def test_lists_the_workers(self, api, senior, family, workers):
        listed = api(senior).get(self.url(family)).json()
        assert {one["worker"] for one in listed} == {str(worker.uid) for worker in workers}
        assert [one["is_suggested"] for one in listed] == [True, False]

    def test_gives_the_family(self, api, senior, family, workers):
        answer = api(senior).post(self.url(family), {"worker": str(workers[0].uid)}, format="json")
        assert (answer.status_code, answer.json()["since"]) == (200, "2014-10-15")

    def test_says_the_same_of_a_foreign_worker_and_of_none(self, api, senior, family, workers, post, melton):
        missing = "00000000-0000-4000-8000-000000000000"
        answers = [
            api(senior).post(self.url(family), {"worker": str(uid)}, format="json")
            for uid in (post(Role.FSW, melton).uid, missing)
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content
