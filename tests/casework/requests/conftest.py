"""Who works with a family, and who looks at the team around it."""

import pytest

from tests.casework.around.factories import TODAY
from tests.casework.closing.factories import worked


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker)
