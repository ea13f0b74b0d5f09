"""Whatever families are made one and taken apart, nothing is moved, lost or made: every table has the rows it had."""

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pghistory.models import Event

from casework.merging.services import merge_families, undo_family_merge
from families.people.models import Family
from families.twice.models import FamilyMerge
from slf.access.fields import FamilyField
from slf.access.models import FamilyRecord
from slf.web.errors import DomainError
from tests.casework.merging.factories import APART, WHY, known_twice
from tests.factories import FamilyFactory
from tests.families.households.factories import JUNE, MAY, TODAY, somebody

pytestmark = pytest.mark.django_db
FLOORS = ("families", "referrals", "casework", "performance")
POINTERS = {"FamilyMerge", "FamilyMergeEvent", "FamilyEvent"}
UNREAD = {"SearchKey", "OwnPageKey", "TrailPayload"}
"""Read by functions alone: the application may not count them."""


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def models():
    return [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]


def counted():
    return {
        model._meta.label: model._default_manager.count()
        for model in models()
        if model.__name__ not in POINTERS | UNREAD
    }


def whose():
    """Return in which family every row was written."""
    return {
        (model._meta.label, pk): family
        for model in models()
        if issubclass(model, FamilyRecord) and model is not FamilyMerge
        for pk, family in model._default_manager.values_list("pk", "family")
    }


STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6)


class TestAnyMergesTakenApartAgain:
    @given(steps=STEPS)
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_leave_every_row_where_it_was(self, everything, steps):
        with transaction.atomic():
            families = [*known_twice()[:2], FamilyFactory(name="Third family"), FamilyFactory(name="Fourth family")]
            rows, owners = counted(), whose()
            made = [merge for merge in (attempt(families[a], families[b]) for a, b in steps) if merge]
            assert counted() == rows
            assert whose() == owners
            for merge in made:
                undo_family_merge(merge, reason=APART, by=somebody(), on=JUNE)
            assert counted() == rows
            assert whose() == owners
            assert not Family.objects.filter(merged_into__isnull=False).exists()
            transaction.set_rollback(True)


def attempt(family, into):
    try:
        return merge_families(family, into=into, reason=WHY, by=somebody(), on=MAY)
    except DomainError:
        return None


class TestEveryRowOfARecord:
    def test_is_asked_for_by_all_families_that_are_one(self):
        fields = [
            (model.__name__, model._meta.get_field("family"))
            for model in apps.get_models()
            if issubclass(model, FamilyRecord) and not issubclass(model, Event)
        ]
        assert [name for name, field in fields if not isinstance(field, FamilyField)] == []
