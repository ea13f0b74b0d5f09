"""The clock's door: seal yesterday's view log, take back emergency access that is over."""

from datetime import timedelta

import pghistory
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from slf.access import services
from slf.access.sealing import seal_day


@shared_task(name="slf.access.seal_yesterday")  # type: ignore[untyped-decorator]  # Celery has no types
def seal_yesterday() -> None:
    seal_day(timezone.localdate() - timedelta(days=1))


@shared_task(name="slf.access.close_emergencies")  # type: ignore[untyped-decorator]  # Celery has no types
def close_emergencies() -> None:
    with transaction.atomic(), pghistory.context(door="emergency access is over"):
        services.close_emergencies()
