"""Figures of a family that is known twice: counted once, by what was written of either."""

from datetime import date

import pytest

from casework.cases.models import Case
from casework.visits.models import Sighting
from performance.outcomes.figures import FIGURES, Asked
from tests.casework.merging.factories import known_twice, made_one
from tests.casework.stars.factories import ReadingFactory
from tests.casework.visits.factories import VisitFactory
from tests.families.households.factories import TODAY, somebody

pytestmark = pytest.mark.django_db
OPENED, LATELY = date(2014, 5, 1), date(2014, 10, 10)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def pair(everything):
    """Return the family that is there again, and the one that stands, which has an open case; with the people."""
    again, family, people = known_twice()
    Case.objects.create(family=family, opened_on=OPENED, opened_by=everything)
    return again, family, people


def figures(*codes):
    asked = Asked(user=somebody(), locality=None, on=TODAY)
    return {code: FIGURES[code].rows(asked).count() for code in codes}


def test_a_visit_to_either_is_a_visit(pair):
    again, family, _ = pair
    VisitFactory(family=again, happened_on=LATELY)
    assert figures("quiet") == {"quiet": 1}
    made_one(again, family)
    assert figures("quiet") == {"quiet": 0}


def test_a_child_seen_in_either_was_seen(pair):
    again, family, people = pair
    visit = VisitFactory(family=again, happened_on=LATELY)
    Sighting.objects.create(visit=visit, family=again, person=people["Leah"].person, how="seen")
    assert figures("unseen") == {"unseen": 2}
    made_one(again, family)
    (josh,) = FIGURES["unseen"].rows(Asked(user=somebody(), locality=None, on=TODAY))
    assert josh.person == people["Josh"].person


def test_a_reading_of_each_is_two_of_one(pair):
    again, family, _ = pair
    ReadingFactory(family=again)
    ReadingFactory(family=family, later=True)
    assert figures("read", "reread") == {"read": 1, "reread": 0}
    made_one(again, family)
    assert figures("read", "reread") == {"read": 1, "reread": 1}


def test_three_readings_on_two_days_are_one_family_read_again(pair):
    again, family, _ = pair
    for each in (again, family):
        ReadingFactory(family=each, later=True)
    ReadingFactory(family=again)
    made_one(again, family)
    assert figures("reread") == {"reread": 1}


def test_who_has_a_case_in_either_was_allocated(pair):
    again, family, _ = pair
    assert figures("unallocated") == {"unallocated": 1}
    made_one(again, family)
    assert figures("unallocated") == {"unallocated": 0}
