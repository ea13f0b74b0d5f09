"""Fixtures for tests in Chromium: a live service behind a line that can be cut, devices, and people who sign in.

``device()`` is one phone or laptop (``device.page()`` opens a page of 390 x 844 on it); ``signed_in_on(device, user)``
puts a session on it. Everything the tests make is committed, because the service runs in threads of its own.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from slf.access.rules import Role
from tests import at_once
from tests.browser.chromium import Chromium
from tests.browser.line import Line
from tests.browser.looking import PHONE
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "tests/browser/" in str(item.path) and not item.get_closest_marker("soak"):
            item.add_marker("browser")


@pytest.fixture
def line(live_server):
    line = Line(live_server.thread.port)
    yield line
    line.close()


class Device:
    """One browser profile at the end of one line."""

    def __init__(self, chromium: Chromium, line: Line):
        self.chromium, self.line = chromium, line
        self.context = chromium.start()

    def page(self, size=None):
        page = self.context.new_page()
        page.set_viewport_size(size or PHONE)
        page.set_default_timeout(10_000)
        return page

    def kill(self) -> None:
        self.chromium.kill()

    def restart(self) -> None:
        self.context = self.chromium.start()

    def sign_in(self, user) -> None:
        """Put a new session on the device, as signing in does."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": self.line.url}]
        )

    def sign_out(self) -> None:
        """End the session on the server; the browser does not know yet."""
        for cookie in self.context.cookies(self.line.url):
            if cookie["name"] == settings.SESSION_COOKIE_NAME:
                Session.objects.filter(session_key=cookie["value"]).delete()


@pytest.fixture
def device(playwright, line, tmp_path) -> Callable[[], Device]:
    made: list[Device] = []

    def make() -> Device:
        made.append(Device(Chromium(playwright, tmp_path / f"profile{len(made)}"), line))
        return made[-1]

    yield make
    for one in made:
        one.kill()


@pytest.fixture
def committed(transactional_db, everything):
    """Return ``committed(function)``: what it makes is committed before the browser asks for it."""
    return at_once.committed


@pytest.fixture
def jacksons(committed, charnwood):
    return committed(lambda: FamilyFactory(household=True, name="The Jacksons"))


@pytest.fixture
def worker(committed, post, charnwood, jacksons):
    """A worker who has the Jacksons."""

    def make():
        worker = post(Role.FSW, charnwood, username="ann")
        give(jacksons, worker)
        return worker

    return committed(make)
