"""Fixtures of every test.

``db`` tests run in one transaction through the application's role and act as ``everything`` (a user whose posts
reach every locality), so factories can write; a request through ``client`` acts as whoever signed in to it, and
nobody else. ``charnwood`` / ``melton`` are localities; ``post(role, locality)`` makes a user who holds a post;
``signed_in(user)`` gives a client; ``api(user)`` a DRF client.
"""

from datetime import date

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client, TransactionTestCase
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer
from rest_framework.test import APIClient

from slf import embedded
from slf.access.acting import acting_as
from slf.access.models import Locality, Post
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User
from tests import database
from tests.browser.chromium import program


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    embedded.ensure_running()
    suffix = getattr(request.config, "workerinput", {}).get("workerid", "")
    with django_db_blocker.unblock():
        name = database.make_copy(suffix)
    TransactionTestCase._fixture_teardown = lambda case: database.empty_tables()
    yield
    with django_db_blocker.unblock():
        database.drop_copy(name)


class Everything:
    """The user in whose name factories write: county-wide posts that open every record class."""

    roles = (Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA, Role.AUDITOR)

    @classmethod
    def make(cls) -> User:
        user, _ = User.objects.get_or_create(username="everything", defaults={"is_service": True})
        if not user.posts.exists():
            Post.objects.bulk_create(Post(user=user, role=role, period=(date(2012, 4, 1), None)) for role in cls.roles)
        return user


@pytest.fixture
def everything(db):
    return Everything.make()


@pytest.fixture(autouse=True)
def _acting(request):
    """In every test with a database, act as ``everything`` unless the test says otherwise."""
    marked = request.node.get_closest_marker("django_db")
    if not marked and not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    with acting_as(request.getfixturevalue("everything")):
        yield


@pytest.fixture
def charnwood(db):
    return Locality.objects.get(slug="charnwood")


@pytest.fixture
def melton(db):
    return Locality.objects.get(slug="melton")


@pytest.fixture
def post(db, everything):
    """Return ``post(role, locality=None, username=None) -> User``: a new user who holds one post."""

    def make(role: Role, locality: Locality | None = None, username: str | None = None) -> User:
        username = username or f"{role}.{locality.slug if locality else 'county'}.{User.objects.count()}"
        user = User.objects.create_user(username, password="a long enough password", first_name=role.label.split()[0])
        give_post(user, role=role, locality=locality, by=everything, starts_on=date(2012, 4, 1))
        return user

    return make


@pytest.fixture
def signed_in():
    """Return ``signed_in(user) -> Client``."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def api():
    """Return ``api(user) -> APIClient``."""

    def make(user: User) -> APIClient:
        client = APIClient()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture(scope="module")
def playwright():
    """Playwright for one file. Its event loop in this thread makes Django suspect asynchronous code; there is none."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as running:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield running


@pytest.fixture(scope="module")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def live_server():
    """The service on a port of its own, with its static files, which pytest-django serves only by Django's own app."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = StaticFilesHandler
    server.start()
    yield server
    server.stop()
