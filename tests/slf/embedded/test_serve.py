import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from slf.embedded import servers
from slf.embedded.places import lives, socket_dir

ROOT = Path(__file__).resolve().parents[3]
NO_ADDRESSES: dict[str, str] = {}
pytestmark = [pytest.mark.faults, pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def below(pid: int) -> set[int]:
    """Return every process that descends from this one."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


class Service:
    """`manage.py serve` in a folder and on a port of its own, with what it has said so far."""

    def __init__(self, local_dir: Path, port: int) -> None:
        self.port, self.said = port, local_dir.with_name(f"said-{port}-{time.monotonic_ns()}")
        given = {
            "SLF_LOCAL_DIR": str(local_dir),
            "SLF_MODE": "test",
            "SLF_WEB_WORKERS": "1",
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }
        with self.said.open("w") as output:
            command = [sys.executable, "manage.py", "serve", "--port", str(port)]
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **given},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, words: str, seconds: float = 240) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.said.read_text():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.1)

    def wait_until_whole(self, seconds: float = 120) -> None:
        """Wait until it answers with everything behind it: what another test killed takes a while to come back."""
        deadline = time.monotonic() + seconds
        while not (self.is_ready() and len(below(self.process.pid)) > 10):
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.1)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
                return answer.status == 200
        except OSError:
            return False

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(120)

    def pid_of(self, words: str) -> int:
        found = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in below(self.process.pid)}
        return min(pid for pid, command in found.items() if words.encode() in command)


@pytest.fixture(scope="module")
def local_dir():
    with tempfile.TemporaryDirectory(prefix="slf") as parent:
        yield Path(parent) / "local"


@pytest.fixture(scope="module")
def started():
    """Hold the one that the last test left running, because each start costs seconds."""
    services: list[Service] = []
    yield services
    for service in services:
        if service.process.poll() is None:
            service.end()


@pytest.fixture
def service(local_dir, started):
    if not started or started[-1].process.poll() is not None:
        started.append(Service(local_dir, free_port()))
    started[-1].wait_for("Ready:")
    started[-1].wait_until_whole()
    return started[-1]


class TestServing:
    def test_ctrl_c_stops_everything_in_order_and_leaves_nothing(self, service, local_dir):
        assert f"Ready: http://localhost:{service.port}/" in service.said.read_text()
        children = below(service.process.pid)
        assert service.end() == 0
        said = service.said.read_text()
        stopped = [line.split("|")[0].strip() for line in said.splitlines() if line.endswith("| stopping")]
        assert stopped == ["web", "worker", "reports", "beat", "valkey", "postgres"]
        assert "database system is shut down" in said
        assert [pid for pid in children if lives(pid)] == []
        assert not (socket_dir(local_dir) / ".s.PGSQL.5432").exists()

    def test_what_is_killed_is_said_and_started_again(self, service):
        os.kill(service.pid_of("gunicorn"), signal.SIGKILL)
        service.wait_for("web | ended by itself (killed by signal 9)")
        os.kill(service.pid_of("/postgres"), signal.SIGKILL)
        service.wait_for("postgres | ended by itself (killed by signal 9)")
        service.wait_for("automatic recovery in progress")

    def test_a_second_one_is_refused_in_one_sentence(self, service, local_dir):
        second = Service(local_dir, free_port())
        assert second.process.wait(60) == 1
        assert "runs already: stop it with Ctrl-C where it was started." in second.said.read_text()

    def test_a_port_in_use_is_refused_before_anything_starts(self, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            service = Service(tmp_path / "local", taken.getsockname()[1])
            assert service.process.wait(60) == 1
        assert f"Port {service.port} is taken" in service.said.read_text()
        assert "postgres |" not in service.said.read_text()

    def test_one_that_is_killed_takes_everything_with_it(self, service, local_dir):
        children = below(service.process.pid)
        service.process.kill()
        service.process.wait()
        deadline = time.monotonic() + 60
        while left := [pid for pid in children if lives(pid)]:
            assert time.monotonic() < deadline, left
            time.sleep(0.2)
        assert servers.stop(local_dir, NO_ADDRESSES)
