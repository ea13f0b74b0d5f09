"""Families that wait for a worker, in the order they are served."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.models import Case
from casework.cases.services import allocate_family
from casework.cases.waiting import waiting_for_a_worker
from families.needs.rules import NEEDS
from families.needs.services import find_need
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from slf.access.rules import Role
from tests.casework.cases.factories import agreed_family
from tests.factories import FamilyFactory, MembershipFactory
from tests.families.restricting.factories import name
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 15)


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


@pytest.fixture
def make(everything):
    def family(name, *, needs, since=None):
        found = FamilyFactory(name=name)
        if since:
            how = Agreement.How.IN_PERSON
            record_agreement(found, state=Agreement.State.GIVEN, said_on=since, how=how, by=everything)
        for kind in list(NEEDS)[:needs]:
            find_need(found, kind=kind, source="Referral", by=everything, on=ON)
        return found

    return family


def names(user):
    with in_the_name_of(user):
        return [family.name for family in waiting_for_a_worker(user, on=ON)]


class TestTheOrder:
    def test_is_need_first_then_time_and_who_has_not_agreed_last(self, make, senior):
        make("Not agreed", needs=6)
        make("At risk, long", needs=4, since=date(2014, 6, 1))
        make("Complex, lately", needs=5, since=date(2014, 10, 1))
        make("Complex, long", needs=7, since=date(2014, 9, 1))
        make("At risk, longest, fewer needs", needs=2, since=date(2014, 5, 1))
        assert names(senior) == [
            "Complex, long", "Complex, lately", "At risk, longest, fewer needs", "At risk, long", "Not agreed",
        ]  # fmt: skip

    def test_counts_each_kind_of_need_once(self, make, senior, everything):
        family = make("Two of one kind", needs=1, since=ON)
        child = MembershipFactory(family=family).person
        find_need(family, kind="services", person=child, source="School", by=everything, on=ON)
        with in_the_name_of(senior):
            assert waiting_for_a_worker(senior, on=ON).get().needs_open == 1


class TestWhoWaits:
    def test_is_nobody_with_a_worker(self, everything, senior, worker):
        family = agreed_family(everything)
        with in_the_name_of(senior):
            allocate_family(family, worker=worker, by=senior, on=ON)
        assert names(senior) == []

    def test_is_nobody_whose_case_is_closed(self, everything, senior):
        family = agreed_family(everything, name="Closed")
        Case.objects.create(family=family, opened_on=date(2014, 1, 1), closed_on=date(2014, 9, 1), opened_by=senior)
        assert names(senior) == []

    def test_is_nobody_of_another_locality(self, everything, post, melton):
        agreed_family(everything)
        assert names(post(Role.SENIOR, melton)) == []


class TestThePage:
    def test_says_what_each_waits_with_and_leads_to_allocating(self, make, senior, worker, signed_in):
        family = make("Hallam", needs=5, since=date(2014, 9, 1))
        page = " ".join(signed_in(senior).get("/casework/waiting/").content.decode().split())
        assert "5, complex" in page
        assert "1 September 2014" in page
        assert f"/casework/allocate/{family.uid}/" in page
        assert "1 worker with room for 10 more mixed families" in page

    def test_marks_who_has_not_agreed(self, make, senior, signed_in):
        make("Hallam", needs=5)
        assert "Has not agreed" in signed_in(senior).get("/casework/waiting/").content.decode()

    def test_says_of_a_restricted_family_that_it_is_in_place_of_a_locality(self, make, post, charnwood, signed_in):
        manager = post(Role.MANAGER, charnwood)
        make("Hallam", needs=5)
        name(make("Orton", needs=2), (manager, Role.MANAGER), by=manager)
        page = " ".join(signed_in(manager).get("/casework/waiting/").content.decode().split())
        assert "<br>Charnwood" in page
        assert "<br>Named people only" in page

    def test_is_the_list_behind_the_figure_of_the_day(self, make, senior, signed_in):
        make("Hallam", needs=5, since=ON)
        page = " ".join(signed_in(senior).get("/").content.decode().split())
        assert 'href="/casework/waiting/"' in page
        assert "Complex, since 15 October 2014" in page

    def test_takes_the_same_queries_for_many_families_as_for_one(self, make, senior, signed_in):
        browser = signed_in(senior)
        make("One", needs=2, since=ON)
        browser.get("/casework/waiting/")
        with CaptureQueriesContext(connection) as few:
            browser.get("/casework/waiting/")
        for number in range(5):
            make(f"More {number}", needs=3, since=ON)
        with CaptureQueriesContext(connection) as many:
            browser.get("/casework/waiting/")
        assert len(few) == len(many)


class TestThroughTheApi:
    def test_is_the_same_list(self, make, senior, api):
        make("Hallam", needs=5, since=ON)
        row = api(senior).get("/api/v1/families-waiting/").json()["results"][0]
        assert (row["name"], row["needs"], row["band"], row["waiting_since"], row["has_agreed"]) == (
            "Hallam", 5, "complex", "2014-10-15", True,
        )  # fmt: skip
