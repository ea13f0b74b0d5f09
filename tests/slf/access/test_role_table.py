"""Who may do what: the same in Python and in PostgreSQL, and a policy for every table."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.utils import ProgrammingError

from families.people.models import Family
from slf.access import checks
from slf.access.acting import acting_as
from slf.access.models import Opening
from slf.access.rights import rights_of
from slf.access.rules import POSTS, opening_rows
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


class TestTheRoleTable:
    def test_is_the_same_in_python_and_postgresql(self):
        assert set(Opening.objects.values_list("role", "mode", "record_class", "named_only")) == opening_rows()

    def test_cannot_be_written_by_the_application(self):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Opening.objects.create(role="fsw", mode="read", record_class="claim")

    def test_gives_python_and_postgresql_the_same_families(self, post, charnwood, melton):
        FamilyFactory(), FamilyFactory(locality=melton)
        for role in POSTS:
            user = post(role, charnwood)
            with acting_as(user):
                assert set(Family.objects.all()) == set(Family.objects.visible_to(user)), role


class TestEveryTable:
    def test_is_behind_a_policy_or_in_the_list_of_the_others(self):
        call_command("check", "--database", "default", "--tag", "database")

    def test_outside_both_is_reported(self):
        assert "families.Family" in checks.unprotected_tables(set())


class TestRights:
    def test_of_nobody_are_none(self):
        class Anonymous:
            is_authenticated = False

        assert rights_of(Anonymous()).reaches == frozenset()
