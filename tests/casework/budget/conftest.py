"""Who asks for money and who approves it."""

import pytest

from slf.access.rules import Role
from tests.casework.budget.factories import TODAY
from tests.casework.closing.factories import worked


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
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
