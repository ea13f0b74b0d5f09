"""Who waits for a worker, of a family that is known twice."""

import pytest

from casework.cases.models import Case
from casework.cases.waiting import waiting_for_a_worker
from tests.casework.merging.factories import SINCE, known_twice, made_one
from tests.families.households.factories import MAY, TODAY, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def waiting():
    return list(waiting_for_a_worker(somebody(), on=TODAY))


def test_nobody_does_whose_case_was_closed_in_the_other_record(everything):
    again, family, _ = known_twice()
    Case.objects.create(family=again, opened_on=SINCE, closed_on=MAY, opened_by=everything)
    assert waiting() == [family]
    made_one(again, family)
    assert waiting() == []
