"""Judging a run in the background, in the name of whoever prepares it."""

from django.urls import reverse

from performance.claims.judging import judge_all
from slf.work.registry import job


@job("claims.prepare", title="Preparing a claim run", queue="reports")
def prepare(job, *, run: str) -> dict[str, int]:
    job.result_url = reverse("performance:claim_run", args=[run])
    return judge_all(job, run=run)
