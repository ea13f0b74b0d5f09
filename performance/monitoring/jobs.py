"""The clock's door, and the work: every attached family by chunks, or one."""

from celery import shared_task

from performance.claims.assembly import attached_cases
from performance.monitoring import services
from performance.monitoring.models import Expected, Monitored
from performance.monitoring.working_out import Book, attached_after, work_out
from slf.clock import today
from slf.work.registry import job


@shared_task(name="performance.monitor")
def monitor() -> None:
    services.work_out_by_night()


@job(services.ALL, title="Working out progress to results", queue="reports")
def every_family(job) -> dict[str, int]:
    """Work out chunk after chunk from where an earlier attempt stopped; drop what is of a family no longer attached."""
    by, on = job.asked_by, today()
    with job.step(job.cursor or [0, 0]):
        book = Book(by=by, on=on)
    while True:
        with job.step():
            last, done = job.cursor
            cases = attached_after(last, by=by, on=on)
            if cases:
                work_out(cases, book)
                job.cursor = [cases[-1][0], done + len(cases)]
                job.report(done + len(cases), None, "Working out families")
            else:
                drop_old(by=by, on=on)
        if not cases:
            return {"families": done}


def drop_old(*, by, on) -> None:
    attached = attached_cases(by=by, on=on).values("one")
    for model in (Monitored, Expected):
        model.objects.visible_to(by).exclude(family__in=attached).delete()


@job(services.ONE, title="Working out progress of one family")
def one_family(job, *, family: int) -> dict[str, int]:
    by, on = job.asked_by, today()
    with job.step():
        cases = list(attached_cases(by=by, on=on).filter(one=family))
        return {"families": work_out(cases, Book(by=by, on=on)) if cases else 0}
