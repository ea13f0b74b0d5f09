"""The day on which others are asked."""

import pytest

from tests.casework.around.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()
