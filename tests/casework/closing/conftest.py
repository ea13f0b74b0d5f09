"""Who closes a case, and whose family it is."""

import pytest

from tests.casework.closing.factories import TODAY, worked


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker)
