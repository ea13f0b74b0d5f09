"""Judging a run in the background, in the name of whoever prepares it."""

from django.urls import reverse

from performance.claims.judging import help_to_judge, judge_all
from slf.work.registry import job


@job("claims.prepare", title="Preparing a claim run", queue="reports")
def prepare(job, *, run: str) -> dict[str, int]:
    job.result_url = reverse("performance:claim_run", args=[run])
    return judge_all(job, run=run)


@job("claims.help", title="Helping to prepare a claim run", queue="reports")
def help_along(job, *, run: str) -> None:
    job.result_url = reverse("performance:claim_run", args=[run])
    help_to_judge(job, run=run)
