"""The claim run: against reading the same rows plainly, against twice the families, in queries and in memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

from bench import claimants
from bench.claim_run import processor_seconds
from bench.figures import Line
from bench.lists import queries
from bench.plain_read import read_and_copy
from performance.claims import assembly, chunks, judging, services
from performance.claims.models import ClaimRun
from slf.access.acting import acting_as
from slf.accounts.models import User

GIGABYTE = 1024
LONG_STATEMENTS = "600000"


def measure(*, families: int) -> Iterator[Line]:
    """Judge ``families``, then twice as many, each beside a plain read in the same minutes."""
    data = claimants.make_office()
    claimants.make_claimants(first=0, families=families, by=data)
    yield from per_chunk(data)
    first = judged(data)
    yield from against_plain(first, families)
    withdraw(first["run"], data)
    claimants.make_claimants(first=families, families=families, by=data)
    second = judged(data)
    yield from against_plain(second, 2 * families)
    note = f"{second['seconds']:.1f} / {first['seconds']:.1f} s"
    yield Line("Claim run: twice the families", second["seconds"] / first["seconds"], "x", 2.1, note=note)
    yield Line(
        "Claim run: peak memory",
        second["megabytes"],
        "MB",
        GIGABYTE,
        note=f"{2 * families:,} families, the two processes that judge",
    )


def judged(data: User) -> dict:
    """Prepare a run and judge it in two fresh processes, as many as the service has for reports."""
    with acting_as(data):
        run = services.prepare_run("P1", by=data, claim_on=claimants.CLAIM_ON)
    with worker() as first, worker() as second:
        for process, asked in ((first, {"prepare": str(run.job.uid)}), (second, {"help": str(run.uid)})):
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
        found, helped = json.loads(first.stdout.read()), json.loads(second.stdout.read())
    together = {name: found[name] + helped[name] for name in ("processor", "megabytes")}
    return found | together | {"run": run}


@contextmanager
def worker() -> Iterator[subprocess.Popen]:
    """Start a process that judges, and wait until it is ready to be told what."""
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SLF_BENCH_DATABASE": connection.settings_dict["NAME"],
        "SLF_STATEMENT_TIMEOUT_MS": LONG_STATEMENTS,
    }
    command, pipe = [sys.executable, "-m", "bench.claim_run"], subprocess.PIPE
    with subprocess.Popen(  # noqa: S603
        command, env=environ, cwd=settings.BASE_DIR, text=True, stdin=pipe, stdout=pipe
    ) as process:
        process.stdout.readline()
        yield process


def against_plain(found: dict, families: int) -> Iterator[Line]:
    if found["families"] != families:
        message = f"{found['families']} families were judged, not {families}."
        raise RuntimeError(message)
    used = processor_seconds()
    copied, stored, written = read_and_copy(found["run"])
    used = processor_seconds() - used
    each, of_each, plainly = (seconds / families * 1000 for seconds in (found["seconds"], found["processor"], used))
    note = (
        f"{found['seconds']:.1f} / {copied:.1f} s, {written / families / 1024:.0f} KB and {each:.2f} ms a family, "
        f"{of_each:.2f} ms of Python's processor time; the plain read with storing {plainly:.2f} ms"
    )
    yield Line(
        f"Claim run, {families:,} families x 40 facts / plain read", found["seconds"] / copied, "x", 3, note=note
    )
    note = f"as above, and what was copied out stored in a table: {stored:.1f} s"
    yield Line(f"Claim run, {families:,} families / plain read, stored", found["seconds"] / stored, "x", note=note)


def per_chunk(data: User) -> Iterator[Line]:
    """Count the queries of a chunk of ten families and of a whole chunk."""
    few, many = (chunk_queries(data, size) for size in (10, chunks.SIZE))
    yield Line("Claim run: queries of a chunk, many families / ten", many / few, "x", 1, note=f"{many} / {few}")


def chunk_queries(data: User, size: int) -> int:
    with acting_as(data), transaction.atomic():
        run = services.prepare_run("P1", by=data, claim_on=claimants.CLAIM_ON)
        cases = list(assembly.attached_cases(by=data, on=run.claim_on))[:size]
        book = judging.Book(run, by=data)
        count = queries(lambda: judging.judge_chunk(cases, book))
        transaction.set_rollback(True)
    return count


def withdraw(run: ClaimRun, data: User) -> None:
    with acting_as(data):
        services.withdraw_run(run, reason="Made by mistake", by=data)
