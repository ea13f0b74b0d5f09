"""Sixteen people at once on lists, over loopback, against gunicorn as the demonstration runs it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from types import SimpleNamespace

from django.conf import settings
from django.db import connection

from bench.figures import Line, percentile
from bench.lists import PAGES, sign_in

USERS = 16
STARTS_WITHIN = 120


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def gunicorn() -> Iterator[int]:
    """Run the service with 2 processes of 4 threads, and stop it afterwards."""
    port = free_port()
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SLF_BENCH_DATABASE": connection.settings_dict["NAME"],
    }
    command = [
        sys.executable, "-m", "gunicorn", "slf.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--bind", f"127.0.0.1:{port}", "--preload", "--no-control-socket", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environ, cwd=settings.BASE_DIR)  # noqa: S603  (our own command)
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int, server: subprocess.Popen) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    message = "gunicorn did not start"
    raise RuntimeError(message)


def browse(port: int, cookie: str, addresses: list[str]) -> list[float]:
    """Read pages one after another as one person and return the seconds of each."""
    line, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for address in addresses:
        begun = time.perf_counter()
        line.request("GET", address, headers={"Cookie": cookie})
        response = line.getresponse()
        response.read()
        times.append(time.perf_counter() - begun)
        if response.status != 200:
            message = f"{address} answered {response.status}"
            raise RuntimeError(message)
    return times


def visitors(county: SimpleNamespace) -> list[tuple[str, list[str]]]:
    """Return the cookie and the lists of 16 signed-in people: 12 workers, 4 times the senior."""
    workers = county.workers[county.large.slug][:12]
    senior = county.seniors[county.large.slug]
    lists = {role: [address for address, asked in PAGES.values() if asked == role] for role in ("fsw", "senior")}
    everyone = [(user, "fsw") for user in workers] + [(senior, "senior")] * (USERS - len(workers))
    return [(f"sessionid={sign_in(user).cookies['sessionid'].value}", lists[role]) for user, role in everyone]


def measure(county: SimpleNamespace, *, times: int) -> Iterator[Line]:
    each = max(5, times // USERS)
    with gunicorn() as port, ThreadPoolExecutor(USERS) as pool:
        who = visitors(county)
        for rounds in (3, each):
            begun = time.perf_counter()
            found = pool.map(lambda v, n=rounds: browse(port, v[0], list(islice(cycle(v[1]), n))), who)
            seconds = [second for times_of_one in found for second in times_of_one]
            lasted = time.perf_counter() - begun
    note = (
        f"p50 {percentile(seconds, 0.5) * 1000:.0f} ms, {len(seconds) / lasted:.1f} requests/s, {len(seconds)} requests"
    )
    yield Line("16 users at once on lists: p95", percentile(seconds, 0.95) * 1000, "ms", 1000, watched=True, note=note)
