"""Who asks for a page, who releases it, and the telephone it is opened on."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.at_once import committed
from tests.casework.closing.factories import TODAY
from tests.casework.own_page.factories import handed, released, with_plan


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return committed(lambda: with_plan(worker))


@pytest.fixture
def page(family, worker, senior):
    return committed(lambda: released(family, worker, senior))


@pytest.fixture
def link(page, worker):
    """The link and the PIN, as they were shown once."""
    return committed(lambda: handed(page, worker))


@pytest.fixture
def phone():
    """A browser in which nobody is signed in."""
    cache.clear()
    return Client()


@pytest.fixture
def opened(phone, link):
    """The same with the page open on it."""
    phone.post(f"/our-plan/open/{link.token}/", {"pin": link.pin})
    return phone
