"""`manage.py serve`: the whole service as one tree of processes, for a demonstration or a single machine."""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from slf.embedded import ordinary, servers
from slf.embedded.addresses import local_secret
from slf.embedded.postgres import Postgres, ServerError
from slf.embedded.processes import Child, Output, Tree, with_parent
from slf.embedded.valkey import Valkey

STOPPED_FIRST_TO_LAST = ("prepare", "web", "worker", "reports", "beat", "valkey", "postgres")
SECONDS_TO_ANSWER = 120
PASSWORD = "SLF_DEMO_PASSWORD"  # noqa: S105  (the name of a variable)
ACCOUNTS = {
    "fsw.charnwood": "family support worker, Charnwood",
    "fsw2.charnwood": "another family support worker, Charnwood",
    "fsw.melton": "family support worker, Melton",
    "senior.charnwood": "senior worker, Charnwood",
    "manager.charnwood": "locality manager, Charnwood",
    "manager.melton": "locality manager, Melton",
    "head": "head of service, the whole county",
    "sro": "senior responsible officer, certifies claims",
    "support.charnwood": "business support, Charnwood",
    "data": "data and claims team",
    "auditor": "internal auditor",
    "school": "a school that refers families",
    "esf": "European Social Fund provider",
    "admin": "looks after accounts and reference lists",
}


@dataclass(frozen=True)
class Site:
    """What is served, and where."""

    local_dir: Path
    port: int
    host: str = "127.0.0.1"
    demo: bool = False

    @property
    def url(self) -> str:
        """Return the address for people; passkeys work on a name only, so it is not the number of the host."""
        return f"http://localhost:{self.port}/"


class EmbeddedServer(Child):
    """PostgreSQL or Valkey as a child; one that somebody else uses already is used as well, and left running."""

    def __init__(self, server: Postgres | Valkey, tree: Tree) -> None:
        command = partial(server.command, how=ordinary.with_parent())
        super().__init__(server.name, command, stop_signal=stop_signal(server), patience=60, ready=self.make_ready)
        self.server, self.tree, self.borrowed = server, tree, False

    def start(self, output: Output) -> None:
        """Use the one that runs, else start one."""
        self.borrowed = self.server.answers()
        if self.borrowed:
            output.say(self.name, "runs already, for somebody else; using it")
            return
        self.server.prepare()
        super().start(output)

    def make_ready(self) -> None:
        """Wait for it; PostgreSQL then sees that roles and database are there."""
        self.server.wait_until_ready(alive=lambda: self.died() is None and not self.tree.ending)
        if isinstance(self.server, Postgres):
            self.server.make_database()

    def died(self) -> int | None:
        """Return how it ended, or None while it lives."""
        if self.borrowed:
            return None if self.server.pid() else 1
        return super().died()

    def stop(self) -> None:
        """Stop it, if it was started here."""
        if not self.borrowed:
            super().stop()


def stop_signal(server: Postgres | Valkey) -> int:
    """Return the signal for a quick clean stop: PostgreSQL would wait for its guests on SIGTERM."""
    return signal.SIGINT if isinstance(server, Postgres) else signal.SIGTERM


def serve(site: Site, *, prepare: bool) -> int:
    """Start everything, watch it until Ctrl-C, stop it; return the exit code."""
    output = Output(site.local_dir)
    try:
        with only_one(site):
            return run(site, output, prepare=prepare)
    except ServerError as problem:
        output.say("serve", str(problem))
        return 1


def run(site: Site, output: Output, *, prepare: bool) -> int:
    """Run the tree from first start to last stop."""
    tree = Tree([], output)
    tree.end_on_signals()
    try:
        start_servers(site, tree)
        if prepare and not tree.run("prepare", preparation(site)):
            return finished(tree)
        tree.start(*service(site, tree))
        announce(site, tree)
        tree.watch()
        return 0
    except ServerError:
        if not tree.ending:
            raise
        return 0
    finally:
        tree.stop(lambda child: STOPPED_FIRST_TO_LAST.index(child.name))
        servers.release(site.local_dir)


def finished(tree: Tree) -> int:
    """Return the exit code of a preparation that did not go through: asked to end, or failed."""
    if tree.ending:
        return 0
    tree.output.say("prepare", "failed: the lines above say why")
    return 1


def start_servers(site: Site, tree: Tree) -> None:
    """Start the servers the environment gives no address for; take over those that nobody uses."""
    with servers.one_at_a_time(site.local_dir):
        wanted = servers.needed(site.local_dir, os.environ)
        if not servers.in_use(site.local_dir):
            for server in reversed(wanted):
                server.stop()
        servers.use(site.local_dir)
        tree.start(*(EmbeddedServer(server, tree) for server in wanted))


def preparation(site: Site) -> tuple[list[str], dict[str, str]]:
    """Return the command that makes what the service needs before it can start."""
    return [sys.executable, "manage.py", "prepare"], environment(site)


def environment(site: Site) -> dict[str, str]:
    """Return what every process of the service is told."""
    told = {"DJANGO_SETTINGS_MODULE": "slf.settings", "PYTHONUNBUFFERED": "1", "SLF_LOCAL_DIR": str(site.local_dir)}
    if os.getuid() == 0:
        told["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser privileges"
    return told | ({PASSWORD: password(site)} if site.demo else {})


def password(site: Site) -> str:
    """Return the password of the demonstration accounts: given, else random and kept."""
    return os.environ.get(PASSWORD) or local_secret(site.local_dir, PASSWORD, size=12)


def service(site: Site, tree: Tree) -> list[Child]:
    """Return web, workers and clock."""
    told = environment(site)
    web = Child("web", lambda: with_parent(web_command(site)), told, patience=15)
    web.ready = lambda: wait_for_answer(site, alive=lambda: web.died() is None and not tree.ending)
    slow = {**told, "SLF_STATEMENT_TIMEOUT_MS": os.environ.get("SLF_STATEMENT_TIMEOUT_MS", "60000")}
    slowest = {**told, "SLF_STATEMENT_TIMEOUT_MS": os.environ.get("SLF_STATEMENT_TIMEOUT_MS", "2700000")}
    return [
        Child("worker", lambda: with_parent(worker_command("default")), slow),
        Child("reports", lambda: with_parent(worker_command("reports", "--prefetch-multiplier", "1")), slowest),
        Child("beat", lambda: with_parent(celery("beat", "--pidfile", "")), told),
        web,
    ]


def web_command(site: Site) -> list[str]:
    """Return gunicorn's command: a few processes with a few threads each."""
    size = {"workers": os.environ.get("SLF_WEB_WORKERS", "2"), "threads": os.environ.get("SLF_WEB_THREADS", "4")}
    flags = [part for name, value in size.items() for part in (f"--{name}", value)]
    bind = ("--bind", f"{site.host}:{site.port}", "--graceful-timeout", "10", "--no-control-socket", "--preload")
    return [sys.executable, "-m", "gunicorn", "slf.wsgi", "--worker-class", "gthread", *bind, *flags]


def worker_command(queue: str, *flags: str) -> list[str]:
    """Return the command of a worker for one queue."""
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    processes = os.environ.get("SLF_WORKER_PROCESSES", "1")
    return celery("worker", "-Q", queue, "-n", f"{queue}@%h", "--concurrency", processes, *quiet, *flags)


def celery(*arguments: str) -> list[str]:
    """Return a Celery command of this service."""
    return [sys.executable, "-m", "celery", "-A", "slf", *arguments, "--loglevel", "INFO"]


def wait_for_answer(site: Site, *, alive: Callable[[], bool]) -> None:
    """Wait until the site says that it is healthy."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not healthy(site):
        if not alive() or time.monotonic() > deadline:
            message = f"The site did not start; see {site.local_dir / 'logs' / 'web.log'}."
            raise ServerError(message)
        time.sleep(0.1)


def healthy(site: Site) -> bool:
    """Ask /healthz."""
    try:
        with urllib.request.urlopen(f"http://{site.host}:{site.port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def announce(site: Site, tree: Tree) -> None:
    """Say where the site is and how to sign in."""
    if tree.ending:
        return
    lines = [f"Ready: {site.url}"]
    if site.demo:
        lines += ["", f"Sign in with the password  {password(site)}  as one of:", ""]
        lines += [f"  {name:18} {who}" for name, who in ACCOUNTS.items()]
        lines += ["", "Ctrl-C stops everything; the data stays."]
    with tree.output.lock:
        print("", *lines, "", sep="\n", flush=True)


@contextmanager
def only_one(site: Site) -> Iterator[None]:
    """Hold the right to serve this folder and this port, or say who has it."""
    lock = servers.open_lock(site.local_dir, "serving.lock")
    try:
        take(lock, site)
        check_port(site)
        yield
    finally:
        os.close(lock)


def take(lock: int, site: Site) -> None:
    """Take the lock, which the system gives back when this process ends, however it ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = f"The service of {site.local_dir} runs already: stop it with Ctrl-C where it was started."
        raise ServerError(message) from None


def check_port(site: Site) -> None:
    """Refuse a port that somebody else has."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((site.host, site.port))
        except OSError:
            message = f"Port {site.port} is taken: choose another, for example PORT={site.port + 1} make demo."
            raise ServerError(message) from None
