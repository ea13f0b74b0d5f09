"""The clock's door, and the work: the claimed lines of one run, some at a time."""

from celery import shared_task

from performance.claims.models import ClaimRun
from performance.since import services
from performance.since.looking import Today, claimed_after, look_at
from slf.work.registry import job


@shared_task(name="performance.look_since")
def look_since() -> None:
    services.look_by_night()


@job(services.LOOK, title="Looking what changed since a claim was frozen", queue="reports")
def look(job, *, run: str) -> dict[str, int]:
    """Look at chunk after chunk from where an earlier attempt stopped."""
    by = job.asked_by
    with job.step(job.cursor or [0, 0]):
        book = Today(ClaimRun.objects.visible_to(by).get(uid=run), by=by)
    while True:
        with job.step():
            last, done = job.cursor
            rows = claimed_after(last, book.run, by=by)
            if not rows:
                return {"lines": done}
            done += look_at(rows, book)
            job.cursor = [rows[-1].pk, done]
            job.report(done, None, "Looking at lines again")
