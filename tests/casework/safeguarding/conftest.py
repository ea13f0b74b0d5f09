"""Who raises a concern, who reviews it, and about whom it is."""

import pytest

from slf.access.rules import Role
from tests.casework.safeguarding.factories import somebody
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = "2014-10-15"


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def worker(charnwood, family):
    worker = somebody(Role.FSW, charnwood, "worker")
    give(family, worker)
    return worker


@pytest.fixture
def senior(charnwood, everything):
    return somebody(Role.SENIOR, charnwood, "senior")


@pytest.fixture
def manager(charnwood, everything):
    return somebody(Role.MANAGER, charnwood, "manager")


@pytest.fixture
def head(everything):
    return somebody(Role.HEAD, None, "head")
