"""The data officer, the worker a list names, and a list made or tried in the officer's name."""

import pytest

from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.casework.importing.factories import made, tried


@pytest.fixture
def data(post, charnwood):
    return post(Role.DATA)


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, username="sam.worker")


@pytest.fixture
def bring(data, charnwood):
    """Return a function that makes a list in the data officer's name, beginning to end."""

    def bring(upload, **more):
        with acting_as(data):
            return made(upload, locality=charnwood, by=data, **more)

    return bring


@pytest.fixture
def dry(data, charnwood):
    def dry(upload, **more):
        with acting_as(data):
            return tried(upload, locality=charnwood, by=data, **more)

    return dry
