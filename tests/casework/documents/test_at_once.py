"""Two people at once: each version has its number, and none is lost."""

import pytest
from django.db import transaction

from casework.documents.models import DocumentVersion
from slf.access.rules import Role
from tests.at_once import at_once
from tests.casework.closing.factories import worked
from tests.casework.documents.factories import kept, mistaken, newer
from tests.casework.safeguarding.factories import acting
from tests.referrals.attachments.factories import PDF

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def make(function):
    with transaction.atomic():
        return function()


@pytest.fixture
def worker(post, charnwood, everything):
    return make(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def senior(post, charnwood, everything):
    return make(lambda: post(Role.SENIOR, charnwood))


def test_two_versions_are_both_kept(worker, senior):
    made = kept(make(lambda: worked(worker)), worker)
    given = at_once(
        lambda: newer(made, worker, content=PDF + b" mine"), lambda: newer(made, senior, content=PDF + b" hers")
    )
    assert sorted(version.number for version in given) == [2, 3]


def test_a_version_and_a_mistake_come_one_after_the_other(worker, senior):
    made = kept(make(lambda: worked(worker)), worker)
    at_once(lambda: newer(made, worker), lambda: mistaken(made, senior))
    with acting(senior), transaction.atomic():
        assert DocumentVersion.objects.filter(document=made).count() in {0, 1, 2}
        assert made.__class__.objects.visible_to(senior).get(pk=made.pk).is_mistaken


def test_the_same_document_twice_at_once_is_one(worker):
    family = make(lambda: worked(worker))
    first, second = at_once(lambda: kept(family, worker), lambda: kept(family, worker))
    assert first == second
