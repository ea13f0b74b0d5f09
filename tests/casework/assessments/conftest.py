"""The day of the assessment, and who is in the family."""

import pytest

from tests.casework.assessments.factories import TODAY


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def mum(family):
    return family.memberships.filter(part="parent").order_by("pk").first().person


@pytest.fixture
def dad(family):
    return family.memberships.filter(part="parent").order_by("pk").last().person


@pytest.fixture
def child(family):
    return family.memberships.filter(part="child").order_by("pk").first().person
