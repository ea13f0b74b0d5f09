"""The wall, asked in raw SQL on the application's own connection."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


def count(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


class TestAnotherLocalitysRows:
    def test_do_not_come_back_in_raw_sql(self, post, charnwood, melton):
        FamilyFactory(household=True)
        with acting_as(post(Role.SENIOR, charnwood)):
            assert count("select count(*) from families_family") == 1
            assert count("select count(*) from families_membership") == 5
            assert count("select count(*) from families_person") == 5
        with acting_as(post(Role.SENIOR, melton)):
            assert count("select count(*) from families_family") == 0
            assert count("select count(*) from families_membership") == 0
            assert count("select count(*) from families_person") == 0

    def test_are_not_in_visible_to_either(self, post, charnwood, melton):
        FamilyFactory()
        assert Family.objects.visible_to(post(Role.SENIOR, charnwood)).count() == 1
        assert Family.objects.visible_to(post(Role.SENIOR, melton)).count() == 0


class TestWhenNobodyActs:
    def test_a_protected_table_answers_with_an_error(self, charnwood):
        FamilyFactory()
        with acting_as(None), pytest.raises(ProgrammingError, match="nobody is acting"), transaction.atomic():
            count("select count(*) from families_family")
