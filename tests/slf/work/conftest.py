import pytest
from django.db import transaction
from django.db.models import F

from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.work.models import Job, OnceKey
from tests.slf.work import kinds  # noqa: F401  (registers the kinds)
from tests.slf.work.workers import broker, workers  # noqa: F401  (fixtures)


@pytest.fixture
def asker(db):
    return User.objects.create_user("asker", first_name="Ann", last_name="Asker")


@pytest.fixture
def other(db):
    return User.objects.create_user("other", first_name="Oscar", last_name="Other")


@pytest.fixture
def acting(asker):
    with acting_as(asker):
        yield asker


@pytest.fixture
def effects(asker):
    """Return the names of the effects that the asker's jobs left, as a function."""

    def names():
        with acting_as(asker):
            return sorted(as_seen_by(asker, OnceKey.objects.values_list("door", flat=True)))

    return names


def as_seen_by(user, rows):
    """Read rows in the user's name in a transaction of their own."""
    with acting_as(user), transaction.atomic():
        return list(rows)


def look(job):
    """Read a job again in the name of the person who asked."""
    return as_seen_by(job.asked_by, Job.objects.filter(pk=job.pk).select_related("asked_by"))[0]


def set_back(job, **columns):
    """Let time pass for a job: put these of its clocks back."""
    with acting_as(job.asked_by), transaction.atomic():
        assert Job.objects.filter(pk=job.pk).update(**{name: F(name) - by for name, by in columns.items()}) == 1
