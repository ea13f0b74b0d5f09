"""A family with its worker, on the day of the service."""

import pytest

from tests.casework.closing.factories import worked
from tests.casework.tasks.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker, name="The Jacksons")
