"""The clock's doors: look again at what waits for the scanner, and sweep away what belongs to no row."""

from celery import shared_task
from django.db import transaction

from slf.access.acting import acting_as
from slf.files import services
from slf.files.models import HeldFile
from slf.work.models import Job
from slf.work.services import go_on


@shared_task(name="slf.files.sweep")  # type: ignore[untyped-decorator]  # Celery has no types
def sweep() -> int:
    with transaction.atomic():
        return services.sweep()


@shared_task(name="slf.files.look_again")  # type: ignore[untyped-decorator]
def look_again() -> int:
    """Look at what waits, and start the jobs that waited for it."""
    clean = services.look_again()
    for held in HeldFile.objects.exclude(state=HeldFile.State.WAITING).exclude(resumes=None).select_related("waiter"):
        resume(held)
    return len(clean)


def resume(held: HeldFile) -> None:
    """Start the job that waited for a file, once it has stopped: one that is just stopping is started next time."""
    with acting_as(held.waiter), transaction.atomic():
        job = Job.objects.asked_by(held.waiter).filter(uid=held.resumes).first()
        if job is None or job.is_over:
            go_on(job) if job else None
            HeldFile.objects.filter(pk=held.pk).update(resumes=None, waiter=None)
