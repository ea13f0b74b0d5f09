"""What a claim run is compared with: one process reads the same rows, hashes them, and copies out as many bytes."""

import hashlib
import tempfile
from time import perf_counter

from django.db import connections, transaction

from performance.claims.models import ClaimRun

FACTS = """
    select f.family_id, f.uid, f.kind, p.uid, f.period, f.value, f.source_name, f.recorded_on
    from families_fact f left join families_person p on p.id = f.person_id
    where f.family_id in (select family_id from casework_case where attached_on is not null) order by f.family_id, f.id
"""
MEMBERS = """
    select m.family_id, p.uid, p.born_on, p.given_names, p.family_name, m.part, m.period
    from families_membership m join families_person p on p.id = m.person_id
    where m.family_id in (select family_id from casework_case where attached_on is not null) order by m.family_id, m.id
"""
CASES = """
    select c.family_id, f.reference, c.attached_on from casework_case c join families_family f on f.id = c.family_id
    where c.attached_on is not null order by c.family_id
"""
WRITTEN = 'select "case", judgement from performance_judged where run_id = %s'
ROWS_AT_ONCE = 2000


def read_and_copy(run: ClaimRun) -> tuple[float, float, int]:
    """Return the seconds of reading, hashing and copying out; those with storing it in a table; and the bytes."""
    with transaction.atomic(using="owner"), tempfile.TemporaryFile() as out:
        begun = perf_counter()
        hash_rows()
        copy_out(run, out)
        copied = perf_counter()
        written = out.tell()
        out.seek(0)
        store(out)
        return copied - begun, perf_counter() - begun, written


def hash_rows() -> str:
    content = hashlib.sha256()
    for number, sql in enumerate((CASES, MEMBERS, FACTS)):
        with connections["owner"].connection.cursor(f"bench_{number}") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(sql)
            for row in cursor:
                content.update(repr(row).encode())
    return content.hexdigest()


def copy_out(run: ClaimRun, out) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.copy_expert(f"copy ({WRITTEN % run.pk}) to stdout", out)


def store(kept) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute('create temp table bench_written ("case" jsonb, judgement text) on commit drop')
        cursor.copy_expert("copy bench_written from stdin", kept)
