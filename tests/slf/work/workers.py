"""Real Celery workers on the test's database, with a broker database of their own, to be killed, frozen and restarted.

Any area's tests may use the fixtures: ``from tests.slf.work.workers import broker, workers`` in its conftest, and
``@pytest.mark.django_db(transaction=True)`` on the test.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery import Celery
from django.conf import settings
from django.db import connections, transaction
from redis import Redis

from slf.access.acting import acting_as
from slf.work import tasks
from slf.work.models import Job

ROOT = Path(__file__).resolve().parents[3]
BROKER_NUMBER = 9


def broker_address() -> str:
    """Return the test broker's own numbered database on the server in use, so that emptying it empties nothing else."""
    url = settings.CELERY_BROKER_URL.partition("?")[0]
    if "+socket://" in url:
        return f"{url}?virtual_host={BROKER_NUMBER}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{BROKER_NUMBER}"))


def redis_client() -> Redis:
    url = settings.CELERY_BROKER_URL.partition("?")[0]
    if "+socket://" in url:
        return Redis(unix_socket_path=urlsplit(url).path, db=BROKER_NUMBER)
    return Redis.from_url(broker_address())


class Worker:
    """One worker: a parent, two children that work, and the clock."""

    def __init__(self, folder: Path, number: int) -> None:
        self.log = folder / f"worker-{number}.log"
        where = {
            "SLF_TEST_DATABASE": connections["default"].settings_dict["NAME"],
            "SLF_TEST_BROKER": broker_address(),
        }
        command = [
            sys.executable, "-m", "celery", "-A", "tests.slf.work.worker", "worker", "--beat", "--concurrency", "2",
            "--queues", "default,reports", "--hostname", f"test{number}@%h", "--loglevel", "INFO",
            "--without-gossip", "--without-mingle",
        ]  # fmt: skip
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | where, stdout=log, stderr=log, start_new_session=True
            )

    def wait_until_ready(self) -> None:
        until = time.monotonic() + 60
        while "ready." not in (said := self.log.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.1)

    def signal(self, number: int) -> None:
        """Send a signal to the worker and all its children at once."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Switch the machine off: nothing is cleaned up, nothing is told."""
        self.signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def busy_child(self) -> int:
        """Return the child that has used the processor most: the one that does the job."""
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        return max((int(pid) for pid in children.stdout.split()), key=processor_time)


def processor_time(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


@pytest.fixture
def broker(monkeypatch) -> Iterator[Redis]:
    """An empty broker database that promises are sent to; yields its connection, to look into it or to empty it."""
    client = redis_client()
    client.flushdb()
    sender = Celery("tests", broker=broker_address())
    monkeypatch.setattr(tasks, "current_app", sender)
    yield client
    sender.close()
    client.flushdb()
    client.close()


@pytest.fixture
def workers(broker, tmp_path) -> Iterator[Callable[[], Worker]]:
    """Return a function that starts one more worker; all are killed after the test."""
    started: list[Worker] = []

    def start() -> Worker:
        started.append(worker := Worker(tmp_path, len(started)))
        worker.wait_until_ready()
        return worker

    yield start
    for worker in started:
        if worker.process.poll() is None:
            worker.signal(signal.SIGCONT)
            worker.kill()


def wait_until(job: Job, condition: Callable[[Job], bool], *, seconds: float = 120) -> Job:
    """Read the job as the person who asked until the condition holds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with acting_as(job.asked_by):
            seen = Job.objects.asked_by(job.asked_by)
            if condition(found := read(seen, job)):
                return found
        time.sleep(0.05)
    message = f"Job {job.uid} is {found.state}, {found.done} of {found.total}, attempt {found.attempts}: {found.error}"
    raise AssertionError(message)


def read(seen, job: Job) -> Job:
    with transaction.atomic():
        return seen.get(pk=job.pk)
