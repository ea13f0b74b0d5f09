"""What was said before the rule was there is put right, and its older version is kept."""

import pytest
from django.db import connection, transaction

from casework.visits import sql
from casework.visits.models import Sighting
from slf.access.acting import acting_as
from tests.casework.visits.factories import SightingFactory
from tests.database import owner
from tests.factories import FamilyFactory

HOLDING = "alter table casework_sighting {} trigger hold_sighting"


@pytest.fixture
def seen_on_a_call(everything):
    """Return the sightings of a child on a call and on a visit, as they could be written once."""
    with owner(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(HOLDING.format("disable"))
        with acting_as(everything), transaction.atomic():
            family = FamilyFactory(household=True)
            child = family.memberships.filter(part="child").first().person
            made = [SightingFactory(visit__family=family, visit__kind=kind, person=child) for kind in ("phone", "home")]
        cursor.execute(HOLDING.format("enable"))
    return made


@pytest.mark.django_db(transaction=True)
class TestAChildSaidToBeSeenOnACall:
    def test_was_not_seen(self, seen_on_a_call, everything):
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute(f"begin; {sql.UNSEE} commit")
        with acting_as(everything), transaction.atomic():
            assert [one.how for one in Sighting.objects.order_by("pk")] == ["not_seen", "seen"]
            kept = Sighting.pgh_event_model.objects.filter(pgh_obj=seen_on_a_call[0]).order_by("pgh_id")
            assert [version.how for version in kept] == ["seen", "not_seen"]
