"""A referral is for those who decide on it; a worker reads where the family they work with came from."""

import pytest
from django.db import connection

from referrals.intake.origins import origins_of
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import sent_referral
from tests.referrals.triage.access_rows import accepted

pytestmark = pytest.mark.django_db


def referrals_in_the_database(user) -> int:
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute("select count(*) from referrals_referral")
        return cursor.fetchone()[0]


def origins(user, family) -> int:
    with acting_as(user):
        return len(origins_of(family))


class TestAReferralThatWaits:
    def test_is_not_open_to_a_worker_of_the_locality_even_in_raw_sql(self, school, post, charnwood):
        sent_referral(school)
        assert referrals_in_the_database(post(Role.SENIOR, charnwood)) == 1
        assert referrals_in_the_database(post(Role.FSW, charnwood)) == 0


class TestWhereAFamilyCameFrom:
    @pytest.fixture
    def family(self, charnwood):
        accepted(family := FamilyFactory())
        return family

    @pytest.mark.parametrize(
        ("role", "told"),
        [(Role.SENIOR, 1), (Role.MANAGER, 1), (Role.FSW, 0), (Role.DATA, 0), (Role.BUSINESS, 0), (Role.ESF, 0)],
    )
    def test_is_told_to_those_who_may_open_referrals(self, family, role, told, post, charnwood):
        assert origins(post(role, charnwood), family) == told

    def test_is_told_to_the_worker_who_holds_the_family(self, family, post, charnwood, everything):
        worker = post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        assert origins(worker, family) == 1
        assert referrals_in_the_database(worker) == 0

    def test_is_not_told_in_another_locality(self, family, post, melton):
        assert origins(post(Role.SENIOR, melton), family) == 0
