"""The day on which money is asked for."""

import pytest

from tests.casework.budget.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()
