import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from slf.accounts.models import User
from slf.web import navigation

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    """Every test starts with no attempts counted."""
    cache.clear()


@pytest.fixture
def probes(settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.slf.accounts.probes"
    monkeypatch.setattr(navigation, "URGENT", {})


@pytest.fixture
def amina(db):
    return User.objects.create_user("amina", password=PASSWORD, first_name="Amina", last_name="Patel")


@pytest.fixture
def browser(probes):
    return Client(headers={"Accept": "text/html", "Sec-Fetch-Mode": "navigate"})


@pytest.fixture
def sign_in(browser):
    """Return ``sign_in(username, password)``: the answer to the sign-in form, by the one browser."""

    def send(username: str = "amina", password: str = PASSWORD, **more):
        return browser.post(reverse("account_login"), {"login": username, "password": password} | more)

    return send
