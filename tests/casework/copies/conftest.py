"""A family that somebody works with, entries of its record, and who asks, reads and gives."""

import pytest

from tests.casework.closing.factories import TODAY, worked
from tests.casework.provenance.factories import entries as made


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker)


@pytest.fixture
def people(family):
    return [member.person for member in family.memberships.select_related("person").order_by("pk")]


@pytest.fixture
def entries(family, worker):
    return made(family, worker)
