"""Two people at once: each version has its number, and none is lost."""

import pytest

from casework.documents.models import DocumentVersion
from tests.at_once import acting, at_once
from tests.casework.documents.factories import kept, mistaken, newer
from tests.referrals.attachments.factories import PDF

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_two_versions_are_both_kept(family, worker, senior):
    made = kept(family, worker)
    given = at_once(
        lambda: newer(made, worker, content=PDF + b" mine"), lambda: newer(made, senior, content=PDF + b" hers")
    )
    assert sorted(version.number for version in given) == [2, 3]


def test_a_version_and_a_mistake_come_one_after_the_other(family, worker, senior):
    made = kept(family, worker)
    at_once(lambda: newer(made, worker), lambda: mistaken(made, senior))
    with acting(senior):
        assert DocumentVersion.objects.filter(document=made).count() in {0, 1, 2}
        assert made.__class__.objects.visible_to(senior).get(pk=made.pk).is_mistaken


def test_the_same_document_twice_at_once_is_one(family, worker):
    first, second = at_once(lambda: kept(family, worker), lambda: kept(family, worker))
    assert first == second
