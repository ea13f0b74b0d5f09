"""The day on which the team around a family is looked at."""

import pytest

from tests.casework.around.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()
