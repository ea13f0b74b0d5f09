"""The day on which copies are asked for."""

import pytest

from tests.casework.closing.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()
