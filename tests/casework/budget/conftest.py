"""Who asks for money and who approves it."""

import pytest

from tests.casework.budget.factories import TODAY
from tests.casework.closing.factories import worked


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker)
