"""Who closes a case, and whose family it is."""

import pytest

from slf.access.rules import Role
from tests.casework.closing.factories import TODAY, worked


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def senior(post, charnwood, everything):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def worker(post, charnwood, everything):
    return post(Role.FSW, charnwood, "fsw.charnwood")


@pytest.fixture
def family(worker):
    return worked(worker)


@pytest.fixture
def manager(post, charnwood, everything):
    return post(Role.MANAGER, charnwood, "manager.charnwood")
