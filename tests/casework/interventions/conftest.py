"""Who works with a family, and who looks at what it is given."""

import pytest

from slf.access.rules import Role
from tests.casework.closing.factories import worked
from tests.casework.interventions.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def senior(post, charnwood, everything):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def manager(post, charnwood, everything):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def head(post, everything):
    return post(Role.HEAD, None, "head")


@pytest.fixture
def worker(post, charnwood, everything):
    return post(Role.FSW, charnwood, "fsw.charnwood")


@pytest.fixture
def family(worker):
    return worked(worker)
