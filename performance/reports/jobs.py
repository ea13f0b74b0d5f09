"""Making a report in the background, in the name of whoever asked."""

from typing import Any

from performance.reports import services
from slf.work.registry import job


@job(services.MAKE, title="Making a report", queue="reports")
def make(job: Any, **asked: Any) -> dict[str, str]:
    with job.step("made"):
        report = services.make(job, **asked)
    job.result_url = report.get_absolute_url()
    return {"report": str(report.uid)}
