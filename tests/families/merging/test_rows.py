"""Whatever is made one and taken apart, nothing is moved, lost or made: every table has the rows it had."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pghistory.models import Event

from families.facts.models import Fact
from families.merging.models import PersonMerge
from families.merging.services import merge_people, naming_people, undo_merge
from families.needs.services import find_need
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord
from slf.web.errors import DomainError
from tests.families.households.factories import JUNE, MAY, TODAY, somebody
from tests.families.merging.factories import APART, WHY, entry, leah_in_two_families

pytestmark = pytest.mark.django_db
FLOORS = ("families", "referrals", "casework", "performance")
POINTERS = {"PersonMerge", "PersonMergeEvent", "PersonEvent"}
UNREAD = {"SearchKey", "OwnPageKey", "TrailPayload"}
"""Read by functions alone: the application may not count them."""


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def tables():
    models = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
    return [model for model in models if model.__name__ not in POINTERS | UNREAD]


def counted():
    return {model._meta.label: model._default_manager.count() for model in tables()}


def whose():
    """Return of whom every row that names a person was written."""
    return {
        (model._meta.label, field, pk): person
        for model, field in naming_people()
        for pk, person in model._default_manager.values_list("pk", field)
    }


STEPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6)


class TestAnyMergesTakenApartAgain:
    @given(steps=STEPS)
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_leave_every_row_where_it_was(self, everything, steps):
        with transaction.atomic():
            _, lea, leah = leah_in_two_families()
            for row in (lea, leah):
                find_need(row.family, kind="health", person=entry(row), source="School", by=somebody(), on=MAY)
            people = [entry(row) for row in (lea, *leah.family.memberships.order_by("pk"))]
            rows, owners = counted(), whose()
            made = [merge for merge in (attempt(people[a], people[b]) for a, b in steps) if merge]
            assert counted() == rows
            assert whose() == owners
            for merge in made:
                undo_merge(merge, reason=APART, by=somebody(), on=JUNE)
            assert counted() == rows
            assert whose() == owners
            assert not Person.objects.filter(merged_into__isnull=False).exists()
            transaction.set_rollback(True)


def attempt(person, into):
    try:
        return merge_people(person, into=into, reason=WHY, by=somebody(), on=MAY)
    except DomainError:
        return None


class TestEveryRowThatNamesAPerson:
    def test_is_read_as_of_the_one_person(self):
        models = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
        unresolved = [
            f"{model.__name__}.{field.name}"
            for model in models
            for field in model._meta.fields
            if field.related_model is Person and not isinstance(field, PersonField) and not issubclass(model, Event)
        ]
        assert sorted(set(unresolved) - {"PersonMerge.person", "PersonMerge.into", "Person.merged_into"}) == [
            "SearchKey.person"
        ]

    def test_names_them_as_they_are_entered_in_its_own_family(self, everything):
        with connection.cursor() as cursor:
            cursor.execute("select tgrelid::regclass::text from pg_trigger where tgname = 'as_own_person'")
            kept = {name for (name,) in cursor.fetchall()}
        wanted = {model._meta.db_table for model, _ in naming_people() if issubclass(model, FamilyRecord)}
        assert wanted - kept == {"performance_claimedperson"}  # written from the household itself

    def test_that_is_a_fact_is_never_given_away(self, everything):
        assert Fact.append_only
        assert PersonMerge._meta.get_field("person").related_model is Person
