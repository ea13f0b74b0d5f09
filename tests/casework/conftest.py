"""Who works in Charnwood and a family that the worker has, each made when a test asks for it, and committed.

Whatever makes them is a transaction of its own (``post``, ``worked``), so a test in which two people act at once,
``django_db(transaction=True)``, asks for them as any other does.
"""

import pytest

from slf.access.rules import Role
from tests.at_once import committed
from tests.casework.closing.factories import worked
from tests.casework.provenance.factories import entries as made


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def head(post):
    return post(Role.HEAD, None, "head")


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


@pytest.fixture
def family(worker):
    return worked(worker)


@pytest.fixture
def people(family):
    """Who is in the family, in the order in which they were written down."""
    members = family.memberships.select_related("person").order_by("pk")
    return committed(lambda: [member.person for member in members])


@pytest.fixture
def entries(family, worker):
    """One entry of its record of each kind, by kind."""
    return made(family, worker)
