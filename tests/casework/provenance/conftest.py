"""The day of the marks, and a storage of its own."""

import pytest

from tests.casework.closing.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.SERVICE_DATE, settings.MEDIA_ROOT = TODAY.isoformat(), tmp_path
