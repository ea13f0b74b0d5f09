import pytest

from slf.access.rules import Role
from tests.performance.claims.factories import CLAIM_ON, confirm_everything, files_that_cover_everything


@pytest.fixture
def officer(post, everything, settings):
    """A data officer, with the rules confirmed, the files received and the service on the day of the files."""
    settings.SERVICE_DATE = CLAIM_ON.isoformat()
    data = post(Role.DATA)
    confirm_everything(by=data, second=everything)
    files_that_cover_everything(by=everything)
    return data
