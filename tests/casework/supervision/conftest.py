"""Who supervises whom, and whose family it is."""

import pytest

from slf.access.rules import Role
from tests.casework.supervision.factories import TODAY, held, worked


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def other(post, charnwood, everything):
    return post(Role.FSW, charnwood, "fsw2.charnwood")


@pytest.fixture
def family(worker):
    return worked(worker, name="The Jacksons")


@pytest.fixture
def part(family, worker, senior):
    return held(worker, senior)
