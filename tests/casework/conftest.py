"""Who works in Charnwood, each made when a test asks for them."""

import pytest

from slf.access.rules import Role


@pytest.fixture
def senior(post, charnwood, everything):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def manager(post, charnwood, everything):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def head(post, everything):
    return post(Role.HEAD, None, "head")


@pytest.fixture
def worker(post, charnwood, everything):
    return post(Role.FSW, charnwood, "fsw.charnwood")
