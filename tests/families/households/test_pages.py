import re

import pytest

from families.households import services
from families.households.models import HouseholdChange
from families.people.models import Family, Membership
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family, restrict_family
from tests.families.households.factories import JUNE, MAY, TODAY, marshes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def home(everything):
    return marshes()


@pytest.fixture
def family(home):
    return home[0]


@pytest.fixture
def browser(post, charnwood, family, signed_in, everything):
    worker = post(Role.FSW, charnwood)
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
    return signed_in(worker)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def address(family, rest=""):
    return f"/families/{family.uid}/household/{rest}"


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


class TestTheHousehold:
    def test_is_shown_for_any_day(self, browser, family, home, everything):
        services.leave_family(home[1]["Carl"], on=MAY, why="separated", where_to="near", by=everything)
        assert "Carl Marsh, 33" in text(browser.get(address(family), {"on": "2014-05-02"}))
        today = text(browser.get(address(family)))
        assert "Carl Marsh, 3" not in today
        assert "Carl Marsh, parent or carer: 7 January 2013 to 3 May 2014" in today

    @pytest.mark.parametrize("asked", ["yesterday", "2014-13-45", "' or 1=1"])
    def test_of_no_day_is_that_of_today(self, browser, family, asked):
        assert "Dawn Marsh, 32" in text(browser.get(address(family), {"on": asked}))

    def test_says_what_was_done_and_why(self, browser, family, home, everything):
        services.leave_family(home[1]["Carl"], on=MAY, why="safety", where_to="not_said", by=everything)
        page = text(browser.get(address(family)))
        assert "Carl Marsh: left the family" in page
        assert "Left to be safe" in page


class TestAnAct:
    def test_goes_back_to_the_household_and_says_so(self, browser, family):
        said = {"given_names": "Ryan", "family_name": "Marsh", "gender": "male", "part": "child", **day("on", MAY)}
        answer = browser.post(address(family, "join/"), said, follow=True)
        assert "Ryan Marsh is in the family." in text(answer)

    def test_that_is_refused_says_why_above_what_was_typed(self, browser, family, home, everything):
        carl = home[1]["Carl"]
        services.leave_family(carl, on=MAY, why="other", where_to="near", by=everything)
        said = {"why": "other", "where_to": "near", "words": "Rang twice", **day("on", JUNE)}
        answer = browser.post(f"/families/household/{carl.uid}/leave/", said)
        assert answer.status_code == 400
        assert "left on 3 May 2014 already" in text(answer)
        assert "Rang twice" in answer.content.decode()

    def test_of_care_asks_who_is_responsible(self, browser, home):
        josh = home[1]["Josh"]
        answer = browser.post(f"/families/household/{josh.uid}/part/", {"part": "care", **day("on", MAY)})
        assert answer.status_code == 400
        said = {"part": "care", "responsible": "Children's social care", **day("on", MAY)}
        assert browser.post(f"/families/household/{josh.uid}/part/", said).status_code == 302
        assert Membership.objects.get(person=josh.person, period__contains=MAY).part == "care"

    def test_is_done_once_however_often_it_is_sent(self, browser, family):
        once = "11111111-1111-4111-8111-111111111111"
        said = {"family_name": "Marsh", "given_names": "", "once": once, **day("expected_on", TODAY)}
        answers = [browser.post(address(family, "expect/"), said) for _ in range(2)]
        assert {answer.status_code for answer in answers} == {302}
        assert HouseholdChange.objects.filter(did="expected").count() == 1


class TestSomebodyKnown:
    def test_of_another_family_is_offered_by_its_reference(self, browser, family, everything, charnwood):
        other, people = marshes()
        Family.objects.filter(pk=other.pk).update(reference="SLF-000777")
        page = browser.get(address(family, "known/"), {"from": "slf-000777"})
        assert str(people["Leah"].person.uid) in page.content.decode()

    def test_of_a_restricted_family_is_not(self, browser, family, everything):
        other, people = marshes()
        restrict_family(other, to=[(everything, Role.MANAGER)], by=everything)
        missing = text(browser.get(address(family, "known/"), {"from": "SLF-999999"}))
        hidden = text(browser.get(address(family, "known/"), {"from": other.reference}))
        assert str(people["Leah"].person.uid) not in hidden
        assert hidden.replace(other.reference, "") == missing.replace("SLF-999999", "")


class TestSomebodyWhoComesBack:
    @pytest.fixture
    def gone(self, home, everything):
        for name in ("Carl", "Josh"):
            services.leave_family(home[1][name], on=MAY, why="other", where_to="near", by=everything)
        return home[1]

    def test_is_begun_with_who_they_were_and_is_that_unless_it_is_said(self, browser, family, gone):
        page = text(browser.get(address(family, "known/")))
        assert "Before: parent or carer" in page
        for name, part in (("Carl", "parent"), ("Josh", "child")):
            said = {"who": str(gone[name].person.uid), "part": "as_before", **day("on", JUNE)}
            answer = browser.post(address(family, "known/"), said)
            assert answer.status_code == 302, text(answer)
            assert Membership.objects.get(person=gone[name].person, period__contains=JUNE).part == part

    def test_alone_to_choose_is_chosen_with_the_part(self, browser, family, home, everything):
        services.leave_family(home[1]["Carl"], on=MAY, why="other", where_to="near", by=everything)
        form = browser.get(address(family, "known/")).context["form"]
        assert (form["part"].value(), form["who"].value()) == ("parent", str(home[1]["Carl"].person.uid))

    def test_as_nobody_comes_to_a_family_says_who_they_are_now(self, browser, family, gone, everything):
        services.change_part(home_again := gone["Leah"], part="care", responsible="The council", by=everything, on=MAY)
        row = Membership.objects.get(person=home_again.person, period__contains=JUNE)
        services.leave_family(row, on=JUNE, why="other", where_to="near", by=everything)
        said = {"who": str(row.person.uid), "part": "as_before", **day("on", TODAY)}
        answer = browser.post(address(family, "known/"), said)
        assert answer.status_code == 400
        assert "Choose who Leah Marsh is in the family now" in text(answer)


class TestASplit:
    def test_is_named_to_those_who_may_see_the_second_family_only(self, browser, family, home, everything):
        going = [str(home[1][name].uid) for name in ("Dawn", "Leah")]
        browser.post(address(family, "split/"), {"going": going, "name": "Marsh, Elm Close", **day("on", MAY)})
        second = Family.objects.get(name="Marsh, Elm Close")
        assert second.reference in browser.get(address(family)).content.decode()
        restrict_family(second, to=[(everything, Role.MANAGER)], by=everything)
        assert second.reference not in browser.get(address(family)).content.decode()
