"""A family that somebody works with, and who is in it."""

import pytest

from tests.casework.closing.factories import TODAY, worked
from tests.casework.provenance.factories import entries as made


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.SERVICE_DATE, settings.MEDIA_ROOT = TODAY.isoformat(), tmp_path


@pytest.fixture
def family(worker):
    return worked(worker)


@pytest.fixture
def people(family):
    return [member.person for member in family.memberships.select_related("person").order_by("pk")]


@pytest.fixture
def entries(family, worker):
    return made(family, worker)
