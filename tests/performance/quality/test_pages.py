"""Each figure of data quality is exactly its list, of one's own localities."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families import reference
from families.people.models import Membership, Person
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from performance.quality.gaps import GAPS
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import POSTS, Role
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
SEE = {Role.SENIOR, Role.MANAGER, Role.HEAD}


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def gaps(charnwood, everything):
    """One family with one of each gap but the first, which it has twice."""
    reference.load(using="default")
    family = FamilyFactory(name="Hart family", known_since=date(2013, 1, 7))
    for born in (None, None, date(2031, 1, 1), date(1880, 1, 1)):
        MembershipFactory(family=family, part="adult", person__born_on=born)
    MembershipFactory(family=family, person__born_on=date(1990, 1, 1), address="1 Road", postcode="LE13 1AA")
    MembershipFactory(family=family, part="child", person__born_on=date(1989, 1, 1), address="1 Road")
    MembershipFactory(family=family, part="child", person__born_on=date(2004, 1, 1), address="3 Refuge", protected=True)
    MembershipFactory(family=family, part="child", person__born_on=date(2014, 1, 1))
    Membership.objects.filter(person__born_on=date(1880, 1, 1)).update(part="")
    return family


EXPECTED = {
    "birth": 2, "agreement": 1, "upn": 1, "part": 1, "unborn": 1, "old": 1, "parent": 1, "came": 1, "postcode": 1,
    "elsewhere": 1,
}  # fmt: skip


def numbers(api, user):
    return {each["code"]: each["number"] for each in api(user).get(reverse("api-quality")).json()}


class TestEachFigure:
    def test_counts_what_it_says(self, gaps, api, senior):
        assert numbers(api, senior) == EXPECTED

    @pytest.mark.parametrize("code", list(GAPS))
    def test_is_exactly_its_list(self, gaps, signed_in, api, senior, code):
        page = signed_in(senior).get(reverse("performance:quality_gap", args=[code]))
        listed = api(senior).get(reverse("api-quality-gap", args=[code])).json()
        assert len(page.context["lines"]) == listed["count"] == EXPECTED[code]
        assert "Hart family" in page.content.decode()

    @pytest.mark.parametrize("code", list(GAPS))
    @pytest.mark.parametrize("name", ["performance:quality_gap", "api-quality-gap"])
    def test_opens_for_those_whose_job_it_is(self, post, charnwood, api, code, name):
        answers = {}
        for role in POSTS:
            with acting_as(None):
                county = role in {Role.HEAD, Role.SRO, Role.DATA, Role.AUDITOR, Role.BOARD, Role.ADMIN}
                user = post(role, None if county else charnwood)
                answers[role] = api(user).get(reverse(name, args=[code])).status_code
        assert {role for role, status in answers.items() if status == 200} == SEE
        assert {status for role, status in answers.items() if role not in SEE} == {403}

    @pytest.mark.parametrize("code", list(GAPS))
    def test_is_of_ones_own_localities(self, gaps, api, post, melton, code):
        user = post(Role.MANAGER, melton)
        assert api(user).get(reverse("api-quality-gap", args=[code])).json()["count"] == 0
        answer = api(user).get(reverse("api-quality-gap", args=[code]), {"locality": "charnwood"})
        assert answer.status_code == 404

    def test_that_there_is_not_is_a_missing_page(self, signed_in, senior):
        assert signed_in(senior).get(reverse("performance:quality_gap", args=["nothing"])).status_code == 404

    def test_is_the_same_for_the_head_of_service(self, gaps, api, post, senior):
        assert numbers(api, post(Role.HEAD)) == numbers(api, senior)

    def test_shows_no_protected_address(self, gaps, signed_in, senior):
        for code in GAPS:
            assert (
                "Refuge" not in signed_in(senior).get(reverse("performance:quality_gap", args=[code])).content.decode()
            )


class TestAFamilyWithoutAnAgreement:
    def test_is_none_once_it_agrees_and_one_again_when_it_takes_that_back(self, gaps, api, senior, everything):
        said = {"how": Agreement.How.IN_PERSON, "by": everything}
        record_agreement(gaps, state=Agreement.State.GIVEN, said_on=date(2014, 5, 1), **said)
        assert numbers(api, senior)["agreement"] == 0
        record_agreement(gaps, state=Agreement.State.WITHDRAWN, said_on=date(2014, 6, 1), **said)
        assert numbers(api, senior)["agreement"] == 1


class TestThePage:
    def test_is_a_look(self, signed_in, senior, gaps):
        signed_in(senior).get(reverse("performance:quality"))
        signed_in(senior).get(reverse("performance:quality_gap", args=["birth"]))
        with acting_as(senior):
            assert View.objects.filter(user=senior, what__startswith="Data quality").count() == 2
            assert View.objects.get(what="Data quality: No date of birth").family_ids == [gaps.pk]

    def test_asks_as_often_for_many_as_for_few(self, signed_in, senior, gaps):
        client, at = signed_in(senior), reverse("performance:quality_gap", args=["birth"])
        client.get(at)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(at)
        for _ in range(8):
            MembershipFactory(family=FamilyFactory(), person__born_on=None)
        with CaptureQueriesContext(connection) as many:
            client.get(at)
        assert len(many) == len(few)
        assert Person.objects.filter(born_on=None).count() == 10
