"""The clock's door: what a worker kept of a family for some days ends."""

import pghistory
from celery import shared_task
from django.db import transaction

from casework.transfers import services


@shared_task(name="casework.transfers.close_kept")
def close_kept() -> None:
    with transaction.atomic(), pghistory.context(door="the time after a hand-over is over"):
        services.close_kept_transfers()
