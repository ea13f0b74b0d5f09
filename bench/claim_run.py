"""One worker of a claim run, in its own process as in the service: `python -m bench.claim_run`.

It says "ready", reads from a line whether it is to prepare (a job) or to help (a run), and answers with its figures.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from importlib import import_module

import django
from django.conf import settings

ASKED_FOR_HELP = "select uid from slf_job where kind = 'claims.help' and arguments ->> 'run' = %s"
LONGEST_WAIT = 60


def work(asked: dict[str, str]) -> dict[str, float]:
    """Do what is asked; return the seconds it took, those of processor time, and the most memory held."""
    from slf.work.services import run

    uid = asked.get("prepare") or next(promised(asked["help"]))
    begun, used = time.perf_counter(), processor_seconds()
    job = run(uid)
    if job is None or job.state != "done":
        message = f"The claim run did not finish: {job and (job.error or job.sentence)}"
        raise RuntimeError(message)
    seconds = time.perf_counter() - begun
    found = {"seconds": seconds, "processor": processor_seconds() - used, "megabytes": peak_megabytes()}
    return found | (job.result or {})


def promised(run: str) -> Iterator[str]:
    """Wait until the one that prepares asks for help, as a worker waits for its queue."""
    from django.db import connections

    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        with connections["owner"].cursor() as cursor:
            cursor.execute(ASKED_FOR_HELP, [run])
            yield from (str(uid) for (uid,) in cursor.fetchall())
        time.sleep(0.02)
    message = "Nobody asked for help."
    raise RuntimeError(message)


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def get_ready() -> None:
    """Load what a worker of the service has loaded long before it is asked."""
    django.setup()
    import_module(settings.ROOT_URLCONF)
    import_module("slf.work.registry").load()


if __name__ == "__main__":
    get_ready()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdout.write(json.dumps(work(json.loads(sys.stdin.readline()))))
