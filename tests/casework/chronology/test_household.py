import pytest

from casework.chronology.rules import Kind
from casework.chronology.sources import chronology
from families.households import services
from tests.families.households.factories import MAY, TODAY, marshes

pytestmark = pytest.mark.django_db


class TestAChangeOfTheHousehold:
    def test_stands_on_its_day_with_its_reason(self, everything, settings):
        settings.SERVICE_DATE = TODAY.isoformat()
        family, people = marshes()
        services.leave_family(people["Carl"], on=MAY, why="separated", where_to="near", words="Sad", by=everything)
        (entry,) = (one for one in chronology(family, user=everything) if one.kind is Kind.HOUSEHOLD)
        assert (entry.on, entry.title, entry.text) == (MAY, "Carl Marsh: left the family", "Sad")
        assert entry.detail == ("Parent or carer", "The couple separated", "In the same part of the county")
