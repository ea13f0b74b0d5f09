"""The clock's door, and the work of a run in the background."""

from celery import shared_task
from django.urls import reverse

from performance.identification import services
from performance.identification.running import look as look_over
from slf.work.registry import job


@shared_task(name="performance.identify")
def identify() -> None:
    services.look_by_night()


@job(services.LOOK, title="Finding families a scheme is for", queue="reports")
def look(job, *, run: str) -> dict[str, int]:
    job.result_url = reverse("performance:identification_run", args=[run])
    return look_over(job, run=run)
