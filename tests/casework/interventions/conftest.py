"""Who works with a family, and who looks at what it is given."""

import pytest

from tests.casework.closing.factories import worked
from tests.casework.interventions.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker)
