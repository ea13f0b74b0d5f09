"""Sessions that are over leave the table, and what was typed and lay sealed in them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from slf.accounts.jobs import clear_sessions
from slf.celery import app

pytestmark = pytest.mark.django_db


def session(key: str, *, ends: timedelta) -> Session:
    return Session.objects.create(session_key=key, session_data="typed", expire_date=timezone.now() + ends)


def test_a_session_that_is_over_is_taken_away_and_one_in_use_is_not():
    session("over", ends=-timedelta(minutes=1))
    session("in use", ends=timedelta(hours=1))
    clear_sessions()
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["in use"]


def test_the_clock_asks_for_it():
    app.loader.import_default_modules()
    assert "slf.accounts.clear_sessions" in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "slf.accounts.clear_sessions" in app.tasks
