import pytest
from django.db import transaction

from slf.access.rules import Role
from tests.casework.importing.conftest import bring, data, dry, worker  # noqa: F401  (fixtures)


@pytest.fixture
def manager(post, charnwood):
    with transaction.atomic():
        return post(Role.MANAGER, charnwood)
