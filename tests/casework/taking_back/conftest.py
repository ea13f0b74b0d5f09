import pytest

from slf.access.rules import Role
from tests.casework.importing.conftest import bring, data, dry, worker  # noqa: F401  (fixtures)


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood)
