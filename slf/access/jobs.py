"""The clock's door: seal yesterday's view log."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from slf.access.sealing import seal_day


@shared_task(name="slf.access.seal_yesterday")  # type: ignore[untyped-decorator]  # Celery has no types
def seal_yesterday() -> None:
    seal_day(timezone.localdate() - timedelta(days=1))
