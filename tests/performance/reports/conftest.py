import pytest

from tests.performance.reports.factories import UNTIL


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = UNTIL.isoformat()
