"""A Celery worker, with its clock, on a test's database and broker: ``celery -A tests.slf.work.worker worker``.

Started by ``tests.slf.work.workers``, which says in the environment where both are.
"""

# ruff: noqa: E402  (Django is told where everything is before anything of it is imported)

import os
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

for database in settings.DATABASES.values():
    database["NAME"] = os.environ["SLF_TEST_DATABASE"]
settings.CELERY_BROKER_URL = os.environ["SLF_TEST_BROKER"]
django.setup()

from slf.celery import app
from slf.work import rules
from slf.work.schedule import BEAT
from tests.slf.work import kinds  # noqa: F401  (registers the kinds)

rules.LEASE, rules.HEARTBEAT = timedelta(seconds=3), timedelta(seconds=0.5)
app.conf.beat_schedule = BEAT
