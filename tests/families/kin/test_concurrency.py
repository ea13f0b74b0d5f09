"""Two people at once: two others are related in one way at a time."""

import pytest
from django.db import transaction

from families.kin.models import Relationship
from slf.web.errors import Conflict
from tests.at_once import at_once, committed, in_the_name_of
from tests.families.households.factories import JUNE, MAY, TODAY, marshes
from tests.families.kin.factories import MARRIED, tie

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(everything, settings):
    settings.SERVICE_DATE = TODAY.isoformat()
    return committed(marshes)


def told(by, *said):
    return in_the_name_of(by)(lambda: tie(*said))


class TestTwoWorkers:
    def test_who_say_the_same_write_one_line(self, home, everything):
        family, people = home
        dawn, carl = people["Dawn"].person, people["Carl"].person
        one, other = at_once(
            told(everything, family, "married", dawn, carl, MARRIED),
            told(everything, family, "married", carl, dawn, MARRIED),
        )
        assert one == other

    def test_who_say_different_things_leave_one_kind_at_a_time(self, home, everything):
        family, people = home
        dawn, carl = people["Dawn"].person, people["Carl"].person
        outcomes = at_once(
            told(everything, family, "separated", dawn, carl, MAY),
            told(everything, family, "divorced", dawn, carl, JUNE),
        )
        with transaction.atomic():
            kinds = [row.kind for row in Relationship.objects.order_by("period")]
        refused = [one for one in outcomes if isinstance(one, Conflict)]
        assert (kinds, len(refused)) in ((["separated", "divorced"], 0), (["divorced"], 1))
