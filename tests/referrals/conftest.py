import pytest

from slf.access.rules import Role


@pytest.fixture
def school(post, charnwood):
    """A partner who refers."""
    return post(Role.REFERRER, charnwood, "school")


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def other_senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior2.charnwood")


@pytest.fixture
def melton_senior(post, melton):
    return post(Role.SENIOR, melton, "senior.melton")
