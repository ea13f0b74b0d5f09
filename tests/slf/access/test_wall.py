"""The wall, asked in raw SQL on the application's own connection."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import Scope
from slf.access.rules import POSTS, Role
from slf.access.services import move_family, scope_for
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


def refused(sql: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        count(sql)


class TestTheApplicationsRole:
    """What a stray statement cannot do, whoever acts."""

    @pytest.mark.parametrize(
        "sql",
        [
            "insert into slf_scopemember (scope_id, user_id, role) values (1, 1, 'senior')",
            "update slf_scopemember set user_id = 1",
            "delete from slf_scopemember",
            "insert into slf_scope (kind, name, audience_key) values ('shared', 'x', 'x')",
            "update slf_post set role = 'head'",
            "delete from slf_post",
            "update slf_share set kind = 'worker'",
            "delete from slf_share",
            "insert into slf_postevent (pgh_id) values (1)",
            "insert into families_familyevent (pgh_id) values (1)",
            "insert into slf_emergencytry (outcome) values ('opened')",
        ],
    )
    def test_is_refused(self, sql, post, charnwood):
        with acting_as(post(Role.SENIOR, charnwood)):
            refused(sql)

    def test_writes_history_by_changing_a_row(self, everything):
        family = FamilyFactory()
        Family.objects.filter(pk=family.pk).update(name="Another name")
        assert count(f"select count(*) from families_familyevent where pgh_obj_id = {family.pk}") == 2

    def test_looks_when_it_looks(self, everything):
        with connection.cursor() as cursor:
            cursor.execute(
                'insert into slf_view (at, user_id, family_ids, what, door, "right", why) '
                "values ('2001-01-01', %s, '{}', 'x', '/', '', '') returning at > now() - interval '1 minute'",
                [everything.pk],
            )
            assert cursor.fetchone()[0]

    def test_moves_no_family_into_the_audience_of_an_office(self, everything):
        office = scope_for(Scope.Kind.SHARED, name="An office", members=[("user", everything.pk, Role.DATA)])
        with pytest.raises(ProgrammingError, match="no such family"), transaction.atomic():
            move_family(FamilyFactory(), to=office, by=everything)


class TestAnAudienceOfManyNamedPeople:
    def test_is_made_once_however_long_the_list_is(self, post, charnwood):
        people = [post(Role.FSW, charnwood, f"worker{n}") for n in range(6)]
        members = [("user", person.pk, role) for person in people for role in POSTS]
        made, again = (scope_for(Scope.Kind.RESTRICTED, name="Named people only", members=members) for _ in range(2))
        assert (len(made.audience_key) > 500, made) == (True, again)
