"""The clock's door: sweep away stored content that belongs to no attachment."""

from celery import shared_task
from django.db import transaction

from referrals.attachments import services


@shared_task(name="referrals.sweep_content")  # type: ignore[untyped-decorator]  # Celery has no types
def sweep_content() -> None:
    with transaction.atomic():
        services.sweep_content()
