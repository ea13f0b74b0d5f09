"""The day on which help is looked at."""

import pytest

from tests.casework.interventions.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()
