"""Content that no row names is swept; each kind of row that names content is known to the sweep."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from slf.access.rules import Role
from slf.files import rules, services
from tests.referrals.attachments.factories import PDF, attach
from tests.referrals.intake.factories import full_draft, in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def later(monkeypatch):
    day = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(services.timezone, "now", lambda: day)


def test_every_file_of_the_project_is_known_to_it():
    named = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField) and not model.__name__.endswith("Event")
    }
    assert named == set(rules.HELD_IN.values())


@pytest.mark.parametrize("folder", sorted(rules.HELD_IN))
def test_content_without_a_row_goes(folder, later):
    default_storage.save(f"{folder}left", ContentFile(PDF))
    assert services.sweep() == 1
    assert not default_storage.exists(f"{folder}left")


def test_not_within_the_day_in_which_a_row_may_still_come():
    default_storage.save("plans/left", ContentFile(PDF))
    assert services.sweep() == 0


def test_content_with_a_row_stays_whoever_asks(post, charnwood, melton, everything, later):
    school = post(Role.REFERRER)
    file = attach(full_draft(school), school)
    with in_the_name_of(post(Role.SENIOR, melton)):
        assert services.sweep() == 0
    assert default_storage.exists(file.content.name)


def test_of_a_keeping_that_failed_at_the_last_moment_goes(post, charnwood, everything, later):
    school = post(Role.REFERRER)
    draft = full_draft(school)
    with transaction.atomic():
        attach(draft, school)
        transaction.set_rollback(True)
    assert services.sweep() == 1
