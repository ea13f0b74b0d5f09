"""A family with an agreed plan, and its worker."""

import pytest

from tests.casework.closing.factories import TODAY
from tests.casework.own_page.factories import with_plan


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return with_plan(worker)


@pytest.fixture
def plan(family):
    return family.plans.get()
