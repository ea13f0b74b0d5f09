"""Somebody who goes out alone in Charnwood, and those who may answer."""

import pytest

from slf.access.rules import Role


@pytest.fixture
def worker(post, charnwood, everything):
    return post(Role.FSW, charnwood, "ann")


@pytest.fixture
def manager(post, charnwood, everything):
    made = post(Role.MANAGER, charnwood, "manager.charnwood")
    made.email = "manager@example.org"
    made.save()
    return made


@pytest.fixture
def responder(post, charnwood, everything):
    made = post(Role.SENIOR, charnwood, "responder")
    made.email = "responder@example.org"
    made.save()
    return made
