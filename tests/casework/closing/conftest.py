"""The day on which a case is closed."""

import pytest

from tests.casework.closing.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()
