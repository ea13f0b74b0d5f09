"""Test databases: migrated once by the owner into a template, copied per process, used through the application's role.

Row security is therefore on in every test. ``SLF_TEST_DB`` names the copy; xdist workers add their own suffix.
"""

import fcntl
import hashlib
import os
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from slf.embedded.postgres import Postgres

ROOT = Path(__file__).resolve().parent.parent
HOME = settings.DATABASES["owner"]["NAME"]
KEPT: set[str] = set()
VACUUM_SECONDS = 30
LET_TIME_PASS = """
    grant update (until) on slf_scopemember to slf_app;
    create function slf.looked_then(who bigint, moment timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as $$
        insert into slf_view (at, user_id, family_ids, what, door, address, "right", why)
            values (moment, who, '{}', 'Test', '/', '10.0.0.7', '', '') $$;
    create function slf.let_time_pass(outing uuid, passed interval) returns void
    language sql security definer set search_path = public, pg_temp as $$
        update casework_outing set armed_at = armed_at - passed, due_at = due_at - passed,
            ended_at = ended_at - passed, raised_at = raised_at - passed, answered_at = answered_at - passed
        where uid = outing;
        update casework_alarmcall c set called_at = called_at - passed, mailed_at = mailed_at - passed
        from casework_outing o where o.id = c.outing_id and o.uid = outing;
        update casework_watch set looked_at = looked_at - passed where outing is null $$;
    alter function slf.let_time_pass(uuid, interval) owner to slf_definer;
"""
"""A test lets the day of an emergency access go by, and looks in the past; the application's role may not."""


def fingerprint() -> str:
    """Return a digest of everything that makes the schema, so that an unchanged one is not migrated again."""
    globs = ("*/migrations/*.py", "*/*/sql.py", "*/*/sql_*.py", "*/*/sql/*.py", "*/*/policies.py", "*/*/reference.py",
             "*/*/schemes/*.toml")  # fmt: skip
    single = [ROOT / "slf/access/rules.py", ROOT / "slf/migrating.py", ROOT / "performance/trail/rules.py"]
    files = sorted([*(file for glob in globs for file in ROOT.glob(glob)), *single])
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


@contextmanager
def owner(database: str):
    """Yield a cursor of the owner's role in autocommit, on any database of the server."""
    params = {**connections["owner"].get_connection_params(), "dbname": database}
    params.pop("cursor_factory", None)
    params.pop("context", None)
    connection = psycopg2.connect(**params)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


@contextmanager
def superuser(database: str):
    """Yield a cursor of the superuser of the server that the tests started."""
    connection = Postgres(settings.LOCAL_DIR).connect(database)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def exists(cursor, name: str) -> bool:
    cursor.execute("select 1 from pg_database where datname = %s", [name])
    return cursor.fetchone() is not None


def ensure_template() -> str:
    """Migrate a template database for this schema once, whichever process comes first."""
    name = f"slf_template_{fingerprint()}"
    settings.LOCAL_DIR.mkdir(exist_ok=True, parents=True)
    with (settings.LOCAL_DIR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with owner(HOME) as cursor:
            if exists(cursor, name):
                return name
            cursor.execute(f"drop database if exists {name}_draft with (force)")
            cursor.execute(f"create database {name}_draft")
        point_to(f"{name}_draft")
        call_command("migrate", database="owner", verbosity=0)
        call_command("load_reference", verbosity=0)
        for connection in connections.all():
            connection.close()
        with owner(HOME) as cursor:
            cursor.execute(f"alter database {name}_draft rename to {name}")
    return name


def point_to(name: str) -> None:
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name


def make_copy(suffix: str) -> str:
    """Make this process's database from the template and point both connections at it."""
    template = ensure_template()
    name = os.environ.get("SLF_TEST_DB", "test_slf") + suffix
    with owner(HOME) as cursor:
        drop(cursor, name)
        cursor.execute(f"create database {name} template {template}")
    point_to(name)
    with owner(name) as cursor:
        keep_reference(cursor)
        cursor.execute(LET_TIME_PASS)
    return name


def keep_reference(cursor) -> None:
    """Copy what migrations and ``load_reference`` filled, to be put back after each emptying."""
    cursor.execute("create schema kept")
    for table in filled(cursor):
        cursor.execute(f'create table kept."{table}" as table public."{table}"')
        KEPT.add(table)


def drop_copy(name: str) -> None:
    for connection in connections.all():
        connection.close()
    with owner(HOME) as cursor:
        drop(cursor, name)


def drop(cursor, name: str) -> None:
    """Drop a database; wait for the server's own vacuum, which the owner may not end."""
    for seconds_left in reversed(range(VACUUM_SECONDS)):
        try:
            cursor.execute(f"drop database if exists {name} with (force)")
        except psycopg2.errors.InsufficientPrivilege:
            if not seconds_left:
                raise
            time.sleep(1)
        else:
            return


def tables(cursor) -> list[str]:
    cursor.execute("select tablename from pg_tables where schemaname = 'public'")
    return [row[0] for row in cursor.fetchall()]


def empty_tables() -> None:
    """Empty every table that holds rows and put the reference rows back; the application may do neither.

    As the superuser of the server that the tests started, without triggers and foreign keys: a tenth of a second,
    where truncating every table takes half a one after each of some 700 tests.
    """
    with superuser(connections["default"].settings_dict["NAME"]) as cursor:
        gone = "".join(f'delete from "{table}";' for table in filled(cursor))
        back = "".join(f'insert into public."{table}" select * from kept."{table}";' for table in sorted(KEPT))
        cursor.execute(f"begin; set local session_replication_role = replica; {gone} {back} commit")


def filled(cursor) -> list[str]:
    """Return the tables that hold rows, in one question."""
    asked = (f"select '{table}' where exists (select from public.\"{table}\")" for table in tables(cursor))
    cursor.execute(" union all ".join(asked))
    return [row[0] for row in cursor.fetchall()]
