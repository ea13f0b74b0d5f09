"""The backup of docs/operating.md, made and restored: nothing is lost, and row security still holds."""

import os
import subprocess

import psycopg2
import pytest
from django.db import connection, connections

from slf.access.rules import Role
from slf.embedded import local_dir
from slf.embedded.postgres import POSTGRES_PORT, Postgres, find_binaries
from tests import database
from tests.factories import FamilyFactory

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="restores into the embedded server"),
]
RESTORED = "slf_restored"
COUNTS = "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"


def run(program: str, *arguments: str, role: str) -> None:
    server = Postgres(local_dir())
    place = ("--host", str(server.sockets), "--port", str(POSTGRES_PORT), "--username", role)
    done = subprocess.run([find_binaries() / program, *place, *arguments], check=False, capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())


def rows(cursor) -> dict[str, int]:
    cursor.execute(COUNTS)
    tables = sorted(name for (name,) in cursor.fetchall())
    counted = {}
    for table in tables:
        cursor.execute(f'select count(*) from "{table}"')
        (counted[table],) = cursor.fetchone()
    return counted


@pytest.fixture
def restored(tmp_path, everything, charnwood, melton, post):
    """Dump the database as maintenance, restore it beside as the superuser, and name the place."""
    FamilyFactory(household=True, locality=charnwood)
    FamilyFactory(household=True, locality=melton)
    post(Role.SENIOR, charnwood, username="the senior")
    server, dump = Postgres(local_dir()), tmp_path / "slf.dump"
    run(
        "pg_dump",
        "--format",
        "custom",
        "--exclude-schema",
        "kept",
        "--file",
        str(dump),
        connection.settings_dict["NAME"],
        role="slf_maintenance",
    )
    server.query(f"drop database if exists {RESTORED}")
    server.query(f"create database {RESTORED} owner slf_owner template template0")
    server.run_roles(RESTORED)
    run("pg_restore", "--clean", "--if-exists", "--exit-on-error", "--dbname", RESTORED, str(dump), role="postgres")
    yield RESTORED
    server.query(f"drop database {RESTORED} with (force)")


class TestABackup:
    def test_restored_holds_every_row_and_keeps_every_wall(self, restored):
        with connections["owner"].cursor() as before, database.owner(restored) as after:
            assert rows(after) == rows(before)
        params = {**connections["default"].get_connection_params(), "dbname": restored}
        app = psycopg2.connect(**{name: params[name] for name in ("host", "port", "user", "dbname") if name in params})
        with app, app.cursor() as cursor:
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("select count(*) from families_family")
            app.rollback()
            cursor.execute("select id from slf_user where username = 'the senior'")
            cursor.execute("select slf.enter(%s)", cursor.fetchone())
            cursor.execute("select count(*) from families_family")
            assert cursor.fetchone() == (1,)
        app.close()

    def test_by_a_role_that_row_security_binds_fails(self, tmp_path):
        with pytest.raises(RuntimeError, match=r"row-level security|permission denied"):
            run(
                "pg_dump",
                "--exclude-schema",
                "kept",
                "--file",
                str(tmp_path / "x"),
                connection.settings_dict["NAME"],
                role="slf_app",
            )
