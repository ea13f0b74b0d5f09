import pytest

from casework.chronology.rules import Kind
from casework.chronology.sources import chronology
from families.households import services
from tests.families.households.factories import JUNE, MAY, TODAY, marshes
from tests.families.kin.factories import responsible, tie

pytestmark = pytest.mark.django_db


class TestAChangeOfTheHousehold:
    def test_stands_on_its_day_with_its_reason(self, everything, settings):
        settings.SERVICE_DATE = TODAY.isoformat()
        family, people = marshes()
        services.leave_family(people["Carl"], on=MAY, why="separated", where_to="near", words="Sad", by=everything)
        (entry,) = (one for one in chronology(family, user=everything) if one.kind is Kind.HOUSEHOLD)
        assert (entry.on, entry.title, entry.text) == (MAY, "Carl Marsh: left the family", "Sad")
        assert entry.detail == ("Parent or carer", "The couple separated", "In the same part of the county")


class TestARelationship:
    def test_stands_on_the_day_it_began_where_that_is_known(self, everything, settings):
        settings.SERVICE_DATE = TODAY.isoformat()
        family, people = marshes()
        dawn, carl, leah = (people[name].person for name in ("Dawn", "Carl", "Leah"))
        tie(family, "birth", dawn, leah)
        tie(family, "separated", dawn, carl, MAY)
        order = "Leicester County Court, LE14P00123"
        responsible(family, leah, carl, ground="order", court_order=order, starts_on=JUNE)
        entries = [one for one in chronology(family, user=everything) if one.kind is Kind.HOUSEHOLD]
        assert [(one.on, one.title) for one in entries] == [
            (JUNE, "Carl Marsh for Leah Marsh: has parental responsibility"),
            (MAY, "Dawn Marsh: separated from Carl Marsh"),
        ]
        assert entries[0].detail == ("Parental responsibility order", order, "Birth certificate")
