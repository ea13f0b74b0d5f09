"""The claim run: against reading the same rows plainly, against twice the families, in queries and in memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction

from bench import claimants
from bench.figures import Line
from bench.lists import queries
from bench.plain_read import read_and_copy
from performance.claims import assembly, judging, services
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
        note=f"{2 * families:,} families, the judging process",
    )


def judged(data: User) -> dict:
    """Prepare a run and judge it in a fresh process."""
    with acting_as(data):
        run = services.prepare_run("P1", by=data, claim_on=claimants.CLAIM_ON)
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SLF_BENCH_DATABASE": connection.settings_dict["NAME"],
        "SLF_STATEMENT_TIMEOUT_MS": LONG_STATEMENTS,
    }
    command = [sys.executable, "-m", "bench.claim_run", str(run.job.uid)]
    answer = subprocess.run(command, env=environ, cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return json.loads(answer.stdout) | {"run": run}


def against_plain(found: dict, families: int) -> Iterator[Line]:
    if found["families"] != families:
        message = f"{found['families']} families were judged, not {families}."
        raise RuntimeError(message)
    copied, stored, written = read_and_copy(found["run"])
    each = found["seconds"] / families * 1000
    note = f"{found['seconds']:.1f} / {copied:.1f} s, {written / families / 1024:.0f} KB and {each:.2f} ms a family"
    yield Line(
        f"Claim run, {families:,} families x 40 facts / plain read", found["seconds"] / copied, "x", 3, note=note
    )
    note = f"as above, and what was copied out stored in a table: {stored:.1f} s"
    yield Line(f"Claim run, {families:,} families / plain read, stored", found["seconds"] / stored, "x", note=note)


def per_chunk(data: User) -> Iterator[Line]:
    """Count the queries of a chunk of ten families and of a whole chunk."""
    few, many = (chunk_queries(data, size) for size in (10, judging.CHUNK))
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
