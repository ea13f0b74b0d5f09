"""Somebody with each post, signed in: made once for a file that asks every address, where making them took a third.

They are committed; what a test lets them do is not, and the tables are emptied when the file ends.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from rest_framework.test import APIClient

from slf.access.acting import acting_as
from slf.access.models import Locality, Share
from slf.access.rules import POSTS, Role
from slf.access.services import give_post, hold_family
from slf.accounts.models import User
from tests import database
from tests.access_table import COUNTY
from tests.conftest import Everything

PLACES = ("charnwood", "melton")
Held = tuple[Role, str]


def hire(role: Role, slug: str, *, by: User) -> tuple[int, str]:
    """Return the id of a new user with that post, and the key of their session."""
    locality = None if role in COUNTY else Locality.objects.get(slug=slug)
    username = f"{role}.{slug if locality else 'county'}.{User.objects.count()}"
    user = User.objects.create_user(username, password="a long enough password", first_name=role.label.split()[0])
    give_post(user, role=role, locality=locality, by=by, starts_on=date(2012, 4, 1))
    client = APIClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user.pk, client.session.session_key


@pytest.fixture(scope="module")
def staff(django_db_setup, django_db_blocker) -> Iterator[dict[Held, tuple[int, str]]]:
    """Yield ``{(role, place): (user's id, session's key)}``."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            by = Everything.make()
            with acting_as(by):
                made = {(role, slug): hire(role, slug, by=by) for slug in PLACES for role in POSTS}
        yield made
        database.empty_tables()


@pytest.fixture
def reader(staff, everything):
    """Return ``reader(role, locality, family=None, holds=False)``: a user with that post who may hold the family."""

    def make(role, locality, family=None, *, holds=False):
        user = User.objects.get(pk=staff[role, locality.slug][0])
        if holds:
            hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
        return user

    return make


@pytest.fixture
def api(staff, api):
    """Return ``api(user) -> APIClient``, with the session that somebody of the staff has already."""
    keys = dict(staff.values())

    def make(user: User) -> APIClient:
        if user.pk not in keys:
            return api(user)
        client = APIClient()
        client.cookies[settings.SESSION_COOKIE_NAME] = keys[user.pk]
        return client

    return make
