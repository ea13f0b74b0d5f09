"""The clock's door and the auditor's: verify the trail in the background."""

import logging

from celery import shared_task
from django.urls import reverse

from performance.trail.services import verify
from slf.work.registry import job

log = logging.getLogger(__name__)


@shared_task(name="performance.verify_trail")  # type: ignore[untyped-decorator]  # Celery has no types
def verify_by_night() -> None:
    found = verify()
    for sentence in found.sentences:
        log.error("Trail of claims: %s", sentence)
    log.info("Trail of claims verified, %s entries; head of the county's chain: %s", found.entries, found.head)


@job("trail.verify", title="Verifying the trail of claims", queue="reports")
def verify_as_asked(job, *, day: str) -> dict[str, int]:
    job.result_url = reverse("performance:trail")
    with job.step():
        found = verify()
        return {"entries": found.entries, "faults": len(found.faults)}
