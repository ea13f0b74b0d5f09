"""Every figure equals its list, in one locality and never beyond what its reader may see."""

from datetime import date

import pytest

from casework.cases.models import Case
from performance.outcomes.figures import FIGURES, Asked
from performance.outcomes.rules import months_before, year_of
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.clock import today
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


class TestTheFinancialYear:
    @pytest.mark.parametrize(
        ("day", "starts"), [(date(2014, 4, 1), date(2014, 4, 1)), (date(2014, 3, 31), date(2013, 4, 1))]
    )
    def test_starts_in_april(self, day, starts):
        assert year_of(day) == (starts, day)

    def test_months_go_back_over_new_year(self):
        assert months_before(date(2014, 2, 15), 3) == [date(2013, 12, 1), date(2014, 1, 1), date(2014, 2, 1)]


@pytest.fixture
def families(everything, melton):
    here, there = FamilyFactory(household=True), FamilyFactory(household=True, locality=melton)
    for family in (here, there):
        Case.objects.create(
            family=family, opened_on=date(2014, 5, 1), attached_on=date(2014, 5, 1), opened_by=everything
        )
    return here, there


class TestAFigure:
    @pytest.mark.parametrize("code", FIGURES)
    def test_opens_exactly_as_many_rows_as_it_says(self, code, families, post, charnwood, signed_in):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(manager):
            number = FIGURES[code].rows(Asked(manager, charnwood, today())).count()
        with acting_as(None):
            answer = signed_in(manager).get(f"/performance/dashboard/{code}/?locality=charnwood")
        assert answer.context["page"].paginator.count == number
        assert len(answer.context["lines"]) == number

    def test_counts_the_families_of_its_locality(self, families, post, charnwood):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(manager):
            asked = Asked(manager, charnwood, today())
            assert [case.family for case in FIGURES["open"].rows(asked)] == [families[0]]
            assert FIGURES["unseen"].rows(asked).count() == 3

    def test_counts_every_locality_for_the_head(self, families, post):
        head = post(Role.HEAD)
        with acting_as(head):
            assert FIGURES["open"].rows(Asked(head, None, today())).count() == 2

    def test_leaves_a_restricted_family_out(self, families, post, charnwood, everything):
        restrict_family(families[0], to=[(everything, Role.MANAGER)], by=everything)
        manager = post(Role.MANAGER, charnwood)
        with acting_as(manager):
            assert FIGURES["open"].rows(Asked(manager, charnwood, today())).count() == 0


class TestTheDashboard:
    def test_of_another_locality_is_not_there(self, post, charnwood, signed_in):
        with acting_as(None):
            assert (
                signed_in(post(Role.MANAGER, charnwood)).get("/performance/dashboard/?locality=melton").status_code
                == 404
            )

    def test_shows_a_table_beside_each_picture(self, families, post, charnwood, signed_in):
        with acting_as(None):
            answer = signed_in(post(Role.MANAGER, charnwood)).get("/performance/dashboard/")
        assert answer.status_code == 200
        assert b"Referrals and visits by month" in answer.content

    def test_costs_the_same_number_of_queries_at_any_size(
        self, families, post, charnwood, signed_in, everything, django_assert_max_num_queries
    ):
        client = signed_in(post(Role.MANAGER, charnwood))
        for _ in range(10):
            family = FamilyFactory(household=True)
            Case.objects.create(family=family, opened_on=date(2014, 5, 1), opened_by=everything)
        with acting_as(None), django_assert_max_num_queries(32):
            client.get("/performance/dashboard/")

    def test_is_the_same_number_in_the_api(self, families, post, charnwood, api):
        manager = post(Role.MANAGER, charnwood)
        with acting_as(None):
            figures = {f["code"]: f["number"] for f in api(manager).get("/api/v1/figures/").json()}
        with acting_as(manager):
            assert figures["open"] == FIGURES["open"].rows(Asked(manager, charnwood, today())).count() == 1


class TestAFigureTakenAway:
    def test_is_a_csv_of_the_same_rows(self, families, post, charnwood, signed_in):
        with acting_as(None):
            answer = signed_in(post(Role.MANAGER, charnwood)).get(
                "/performance/dashboard/open/?locality=charnwood&as=csv"
            )
        assert answer.content.decode("utf-8-sig").count("\n") == 2
