"""Promise work, do it in the name of the person who asked, and record how it ended."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.web.errors import Conflict, DomainError, NotAllowed
from slf.work import ledger, rules
from slf.work.heartbeat import beating
from slf.work.models import LONGEST_ERROR, Job, LostLease
from slf.work.registry import kind_of
from slf.work.rules import State
from slf.work.tasks import nudge, nudge_on_commit

log = logging.getLogger(__name__)
ONCE_KEYS_KEPT = timedelta(hours=24)


class AlreadyAsked(Conflict):
    """Somebody else asked for the same work first."""


@transaction.atomic
def promise(
    kind: str | Callable[..., Any], *, by: User, queue: str | None = None, once: str | None = None, **arguments: Any
) -> Job:
    """Promise work in the caller's transaction; a worker starts after the commit.

    ``once`` names the work: asked for again it is the same promise, which starts anew only if it had failed.
    """
    known = kind_of(kind)
    asked = {"arguments": rules.as_arguments(arguments), "queue": rules.Queue(queue or known.queue)}
    if once is None:
        job, fresh = Job.objects.create(kind=known.name, asked_by=by, **asked), True
    else:
        job, fresh = _ask_once(kind=known.name, asked_by=by, once_key=once, defaults=asked)
    if fresh or _revive(job):
        nudge_on_commit(job)
    return job


@transaction.atomic
def try_again(job: Job, *, by: User) -> Job:
    """Start a job that gave up once more, from where it stopped."""
    if not job.gave_up or not _revive(job):
        message = "This can be tried again only after it did not finish."
        raise NotAllowed(message)
    nudge_on_commit(job)
    return job


@transaction.atomic
def go_on(job: Job) -> bool:
    """Start a job again that stopped because it had to wait for something; tell whether it had stopped."""
    if went_on := _revive(job):
        nudge_on_commit(job)
    return went_on


def _ask_once(**asked: Any) -> tuple[Job, bool]:
    try:
        return Job.objects.get_or_create(**asked)
    except IntegrityError as conflict:
        message = "Somebody else has already asked for this, and it is being done."
        raise AlreadyAsked(message) from conflict


def _revive(job: Job) -> bool:
    """Start a failed job again from where it stopped; tell whether it was one."""
    changed = Job.objects.filter(pk=job.pk, state=State.FAILED).update(
        state=State.WAITING, error="", errors=0, finished_at=None, due_at=Now(), sent_at=Now()
    )
    if changed:
        job.refresh_from_db()
    return bool(changed)


def run(uid: UUID | str) -> Job | None:
    """Do a job if it is free, under the rights of the person who asked. None when another worker has it."""
    if (claim := ledger.claim(uid)) is None:
        return None
    with acting_as(claim.asked_by):
        with transaction.atomic():
            job = Job.objects.select_related("asked_by").get(uid=uid)
        with pghistory.context(user=claim.asked_by, door=f"job {job.kind} {uid}"), beating(job):
            _attempt(job)
    return job


def _attempt(job: Job) -> None:
    """Do the job and note how it ended, unless it was given to another worker at any moment until then."""
    try:
        _do(job)
    except LostLease:
        log.warning("Job %s (%s) was given to another worker; attempt %s stops.", job.uid, job.kind, job.attempts)


def _do(job: Job) -> None:
    try:
        _refuse_the_hopeless(job)
        _finish(job, kind_of(job.kind).function(job, **job.arguments))
    except LostLease:
        raise
    except DomainError as refusal:
        _fail(job, refusal.message)
    except Exception:
        log.exception("Job %s (%s) went wrong in attempt %s.", job.uid, job.kind, job.attempts)
        _try_again_later(job)


def _refuse_the_hopeless(job: Job) -> None:
    if not job.asked_by.is_active:
        raise DomainError(rules.ACCOUNT_CLOSED)
    if rules.worn_out(job.errors):
        raise DomainError(rules.GAVE_UP)


def _finish(job: Job, result: dict[str, Any] | None) -> None:
    _settle(
        job,
        state=State.DONE,
        result=result,
        result_url=job.result_url,
        cursor=job.cursor,
        done=job.done,
        total=job.total,
        sentence=job.sentence,
        error="",
        finished_at=Now(),
    )


def _fail(job: Job, sentence: str, **more: Any) -> None:
    sentence = sentence[:LONGEST_ERROR]
    _settle(job, state=State.FAILED, error=sentence, result_url=job.result_url, finished_at=Now(), **more)


def _try_again_later(job: Job) -> None:
    errors = job.errors + 1
    if rules.worn_out(errors):
        _fail(job, rules.GAVE_UP, errors=errors)
    else:
        due = Now() + rules.wait_after(errors)
        _settle(job, state=State.WAITING, errors=errors, error=rules.GOING_TO_RETRY, due_at=due)


def _settle(job: Job, **changes: Any) -> None:
    with transaction.atomic():
        job.keep(**changes)
        job.refresh_from_db()


def sweep() -> int:
    """Send again what no worker picked up and what a dead worker left; return how many."""
    left = ledger.left_behind()
    for uid, queue in left:
        nudge(uid, queue)
    return len(left)


def forget_once_keys() -> int:
    """Delete the keys of requests that nobody will send again."""
    return ledger.forget_once_keys(older_than=ONCE_KEYS_KEPT)
