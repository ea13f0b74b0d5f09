"""Work that only the tests promise. Each effect is a row (a OnceKey of the asker's), so it can be counted."""

import time
from uuid import uuid4

from django.db import connection

from slf.web.errors import DomainError
from slf.work.models import OnceKey
from slf.work.registry import job


@job("tests.count", title="Counting chunks")
def count(job, *, chunks, pause=0, rest=0):
    """Leave one effect for each chunk; take ``pause`` milliseconds inside the step and ``rest`` between two."""
    first = (job.cursor or {"next": 0})["next"]
    for n in range(first, chunks):
        with job.step({"next": n + 1}):
            leave_effect(job, f"count {n}")
            job.report(n + 1, chunks, f"Chunk {n + 1} of {chunks}")
            time.sleep(pause / 1000)
        time.sleep(rest / 1000)
    job.result_url = "/counted/"
    return {"chunks": chunks}


@job("tests.fail_at", title="Failing at a chunk", queue="reports")
def fail_at(job, *, chunk):
    first = (job.cursor or {"next": 0})["next"]
    for n in range(first, 4):
        with job.step({"next": n + 1}):
            leave_effect(job, f"fail {n}")
            if n == chunk:
                message = "a password and a child's name"
                raise RuntimeError(message)


@job("tests.refuse", title="Refusing")
def refuse(job):
    job.result_url = "/refused/"
    with job.step():
        leave_effect(job, "refuse")
        message = "The file has no column called UPN."
        raise DomainError(message)


@job("tests.say_no", title="Refusing outside a step")
def say_no(job):
    message = "There is nothing to do."
    raise DomainError(message)


@job("tests.break", title="Going wrong outside a step")
def go_wrong(job):
    message = "went wrong"
    raise RuntimeError(message)


@job("tests.whoami", title="Saying who acts")
def whoami(job):
    with job.step(), connection.cursor() as cursor:
        cursor.execute("select slf.acting_user()")
        return {"acting": cursor.fetchone()[0]}


def leave_effect(job, name):
    OnceKey.objects.create(user=job.asked_by, key=uuid4(), door=name, digest="")
