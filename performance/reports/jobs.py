"""Making a report in the background, in the name of whoever asked; and the clock, which asks for those that are due."""

from typing import Any

from celery import shared_task

from performance.reports import scheduling, services
from slf.work.registry import job


@job(services.MAKE, title="Making a report", queue="reports")
def make(job: Any, **asked: Any) -> dict[str, str]:
    with job.step("made"):
        report = services.make(job, **asked)
    job.result_url = report.get_absolute_url()
    return {"report": str(report.uid)}


@shared_task(name="performance.promise_reports")  # type: ignore[untyped-decorator]  # Celery has no types
def promise_reports() -> None:
    scheduling.promise_due()
