import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from slf.embedded import servers
from slf.embedded.places import POSTGRES_PORT, socket_dir
from slf.embedded.postgres import Postgres, ServerError
from slf.embedded.valkey import Valkey

NO_ADDRESSES: dict[str, str] = {}
ROOT = Path(__file__).resolve().parents[3]


def ask(local_dir: Path, sql: str, *, role: str = "slf_owner", database: str = "slf") -> list[tuple]:
    connection = psycopg2.connect(host=str(socket_dir(local_dir)), port=POSTGRES_PORT, user=role, dbname=database)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def pids(local_dir: Path) -> list[int | None]:
    return [server.pid() for server in servers.needed(local_dir, NO_ADDRESSES)]


class TestStarting:
    def test_both_servers_answer(self, running):
        assert all(server.answers() for server in servers.needed(running, NO_ADDRESSES))

    def test_a_second_start_uses_what_runs(self, running):
        before = pids(running)
        servers.start(servers.needed(running, NO_ADDRESSES))
        assert pids(running) == before

    def test_many_processes_at_once_start_one_server_each(self, running):
        servers.stop(running, NO_ADDRESSES)
        environ = {**os.environ, "SLF_LOCAL_DIR": str(running), "DATABASE_URL": "", "REDIS_URL": ""}
        command = [sys.executable, "-m", "slf.embedded", "start"]
        started = [
            subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
        ]
        told = {re.sub(r"\s+", " ", process.communicate(timeout=120)[0]) for process in started}
        assert [process.returncode for process in started] == [0, 0, 0]
        assert len(told) == 1

    def test_nothing_listens_on_the_network(self, running):
        assert ask(running, "show listen_addresses") == [("",)]

    def test_only_the_owner_of_the_folder_can_reach_the_sockets(self, running):
        assert socket_dir(running).resolve().stat().st_mode & 0o077 == 0
        assert running.stat().st_mode & 0o077 == 0

    def test_addresses_in_the_environment_start_nothing(self, running):
        given = {"DATABASE_URL": "postgres://elsewhere/slf", "REDIS_URL": "redis://elsewhere"}
        assert servers.needed(running, given) == []

    def test_data_of_another_version_is_refused_and_left_alone(self, running):
        servers.stop(running, NO_ADDRESSES)
        version = Postgres(running).data / "PG_VERSION"
        ours = version.read_text()
        version.write_text("9\n")
        try:
            with pytest.raises(ServerError, match="made by PostgreSQL 9"):
                Postgres(running).start()
        finally:
            version.write_text(ours)


class TestTheRoles:
    def test_the_service_owns_nothing_and_is_bound_by_row_security(self, running):
        found = ask(running, "select rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = 'slf_app'")
        assert found == [(False, False, False)]

    def test_nobody_logs_in_as_the_definer(self, running):
        with pytest.raises(psycopg2.OperationalError, match="not permitted to log in"):
            ask(running, "select 1", role="slf_definer")

    def test_what_the_owner_makes_the_service_may_use_but_not_own(self, running):
        ask(running, "create table if not exists note (id bigserial primary key, words text)")
        ask(running, "insert into note (words) values ('kept')", role="slf_app")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(running, "drop table note", role="slf_app")

    def test_a_test_database_copies_schema_extensions_and_rights(self, running):
        connection = Postgres(running).connect()
        with connection.cursor() as cursor:
            cursor.execute("drop database if exists copied")
            cursor.execute("create database copied owner slf_owner")
        connection.close()
        ask(running, "create table slf.note (id int)", database="copied")
        assert ask(running, "select count(*) from slf.note", role="slf_app", database="copied") == [(0,)]
        extensions = ask(running, "select extname from pg_extension order by 1", database="copied")
        assert extensions == [("btree_gist",), ("pg_trgm",), ("plpgsql",)]

    def test_the_script_can_run_again(self, running):
        Postgres(running).run_roles("slf")

    def test_names_sort_and_match_the_same_on_every_machine(self, running):
        found = ask(running, "select datlocprovider, datlocale, lower('ÉLAN') from pg_database where datname = 'slf'")
        assert found == [("b", "C.UTF-8", "élan")]


@pytest.mark.faults
class TestAfterAKill:
    def test_committed_rows_are_still_there(self, running):
        ask(running, "create table if not exists committed (n int)")
        ask(running, "insert into committed values (1)")
        os.kill(Postgres(running).pid(), signal.SIGKILL)
        with servers.one_at_a_time(running):
            servers.start(servers.needed(running, NO_ADDRESSES))
        assert ask(running, "select count(*) from committed")[0][0] >= 1

    def test_accepted_jobs_are_still_there(self, running):
        import redis

        socket = str(Valkey(running).socket)
        redis.Redis(unix_socket_path=socket).execute_command("WAITAOF", 0, 0, 0)
        redis.Redis(unix_socket_path=socket).set("job", "accepted")
        redis.Redis(unix_socket_path=socket).execute_command("BGREWRITEAOF")
        os.kill(Valkey(running).pid(), signal.SIGKILL)
        servers.start([Valkey(running)])
        assert redis.Redis(unix_socket_path=socket).get("job") == b"accepted"


class TestStopping:
    def test_waits_until_both_have_ended(self, running):
        assert servers.stop(running, NO_ADDRESSES)
        assert pids(running) == [None, None]

    def test_is_refused_while_another_process_uses_them(self, running):
        user = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from slf import embedded; embedded.ensure_running(); print('up', flush=True); input()",
            ],
            env={**os.environ, "SLF_LOCAL_DIR": str(running), "DATABASE_URL": "", "REDIS_URL": ""},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert user.stdout.readline() == "up\n"
        try:
            assert not servers.stop(running, NO_ADDRESSES)
            assert None not in pids(running)
        finally:
            user.communicate("\n", timeout=30)
        assert servers.stop(running, NO_ADDRESSES)
