"""A worker of the provider, and a family that is shared with it; committed, as everywhere."""

import pytest

from slf.access.rules import Role
from tests.at_once import committed
from tests.casework.provider.factories import TODAY, sent, share


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def esf(post, charnwood):
    return post(Role.ESF, charnwood, "esf")


@pytest.fixture
def shared(family, everything):
    committed(lambda: share(family, everything))
    return family


@pytest.fixture
def provision(shared, worker):
    return sent(shared, worker)
