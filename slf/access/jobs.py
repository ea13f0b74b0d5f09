"""The clock's door: seal the view log, take back emergency access that is over, follow the calendar."""

import pghistory
from celery import shared_task
from django.db import transaction

from slf.access import services
from slf.access.sealing import seal_past_days


@shared_task(name="slf.access.seal_views")  # type: ignore[untyped-decorator]  # Celery has no types
def seal_views() -> None:
    seal_past_days()


@shared_task(name="slf.access.close_emergencies")  # type: ignore[untyped-decorator]  # Celery has no types
def close_emergencies() -> None:
    with transaction.atomic(), pghistory.context(door="emergency access is over"):
        services.close_emergencies()


@shared_task(name="slf.access.derive_everybodys")  # type: ignore[untyped-decorator]  # Celery has no types
def derive_everybodys() -> None:
    services.derive_everybodys()
