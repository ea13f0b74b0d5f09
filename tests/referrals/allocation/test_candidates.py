"""Who is suggested for a family, and the reasons that are said."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from families.about.services import answer
from referrals.allocation.candidates import candidates
from referrals.allocation.models import Allocation
from referrals.workers.services import Pattern, add_leave, set_pattern
from slf.access.rules import Role
from tests.casework.cases.factories import agreed_family
from tests.factories import MembershipFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 15)


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def workers(post, charnwood):
    return [post(Role.FSW, charnwood, f"fsw{n}") for n in range(2)]


@pytest.fixture
def family(everything):
    return agreed_family(everything)


def had(family, worker, by, *, first, end):
    Allocation.objects.create(family=family, worker=worker, period=DateRange(first, end), allocated_by=by)


def offered(family, senior):
    with in_the_name_of(senior):
        return candidates(family, by=senior, on=ON)


def said(family, senior, worker):
    (found,) = (one for one in offered(family, senior) if one.worker == worker)
    return [reason.words for reason in found.reasons]


def suggested(family, senior):
    return next((one.worker for one in offered(family, senior) if one.is_suggested), None)


class TestTheSuggestion:
    def test_is_who_worked_with_the_family_before_even_with_a_heavier_caseload(
        self, family, workers, senior, everything
    ):
        had(family, workers[1], senior, first=date(2013, 1, 1), end=date(2013, 9, 1))
        had(agreed_family(everything), workers[1], senior, first=date(2014, 1, 1), end=None)
        assert suggested(family, senior) == workers[1]
        assert "Worked with the family until 1 September 2013" in said(family, senior, workers[1])

    def test_is_nobody_who_is_away(self, family, workers, senior):
        with in_the_name_of(workers[0]):
            add_leave(workers[0], first=ON, last=date(2014, 10, 24), by=workers[0])
        assert suggested(family, senior) == workers[1]
        assert said(family, senior, workers[0]) == ["Away until 24 October 2014"]

    def test_is_nobody_at_all_where_all_are_full(self, family, workers, senior, everything):
        for worker in workers:
            for _ in range(10):
                had(agreed_family(everything), worker, senior, first=date(2014, 1, 1), end=None)
        assert suggested(family, senior) is None

    def test_is_the_nearer_of_two_who_are_alike(self, family, workers, senior):
        MembershipFactory(family=family, postcode="LE11 2QA")
        with in_the_name_of(workers[1]):
            set_pattern(workers[1], Pattern(district="LE11", languages=("gu",)), by=workers[1])
        assert suggested(family, senior) == workers[1]
        assert said(family, senior, workers[1]) == [
            "Starts from LE11, where the family lives", "Speaks Gujarati", "Works Monday to Friday",
        ]  # fmt: skip

    def test_is_the_one_with_the_shorter_way(self, family, workers, senior):
        MembershipFactory(family=family, postcode="LE13 1AB")
        for worker, district in zip(workers, ("LE10", "LE12"), strict=True):
            with in_the_name_of(worker):
                set_pattern(worker, Pattern(district=district), by=worker)
        assert suggested(family, senior) == workers[1]
        assert "Starts from LE12, about 13 miles away" in said(family, senior, workers[1])

    def test_is_who_speaks_the_familys_language_before_who_knows_them(self, family, workers, senior, everything):
        member = MembershipFactory(family=family)
        told = {"source": "Visit", "told_by": "themselves", "said_on": ON, "by": everything}
        answer(member, "first_language", said="gu", **told)
        had(family, workers[0], senior, first=date(2013, 1, 1), end=date(2013, 9, 1))
        with in_the_name_of(workers[1]):
            set_pattern(workers[1], Pattern(languages=("gu", "ur")), by=workers[1])
        assert suggested(family, senior) == workers[1]
        assert "Speaks Gujarati, as the family does at home" in said(family, senior, workers[1])

    def test_takes_no_hint_from_a_protected_address(self, family, workers, senior):
        MembershipFactory(family=family, postcode="LE11 2QA", protected=True)
        with in_the_name_of(workers[1]):
            set_pattern(workers[1], Pattern(district="LE11"), by=workers[1])
        assert said(family, senior, workers[1]) == ["Works Monday to Friday"]


class TestTheForecast:
    def test_is_said_where_an_end_is_set(self, family, workers, senior, everything):
        had(agreed_family(everything), workers[0], senior, first=date(2014, 1, 1), end=ON + timedelta(days=10))
        assert "In 4 weeks 0 of 10, 0%, as far as it is known" in said(family, senior, workers[0])
