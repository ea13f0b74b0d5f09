"""Both embedded servers together: started once however many ask, stopped when nobody uses them any more."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from slf.embedded.places import private_dir
from slf.embedded.postgres import Postgres
from slf.embedded.valkey import Valkey

# Kept open while this process lives: the shared lock that says "I use the servers".
_uses: dict[Path, int] = {}


def needed(local_dir: Path, environ: Mapping[str, str]) -> list[Postgres | Valkey]:
    """Return the servers that the environment does not give an address for."""
    servers: list[Postgres | Valkey] = []
    if not environ.get("DATABASE_URL"):
        servers.append(Postgres(local_dir))
    if not environ.get("REDIS_URL"):
        servers.append(Valkey(local_dir))
    return servers


def ensure_running(local_dir: Path, environ: Mapping[str, str]) -> None:
    """Start what is needed and does not run, and keep others from stopping it while this process lives."""
    with one_at_a_time(local_dir):
        use(local_dir)
        start(needed(local_dir, environ))


def start(servers: list[Postgres | Valkey]) -> None:
    """Start in the background what does not answer yet."""
    for server in servers:
        if not server.answers():
            server.start()


def stop(local_dir: Path, environ: Mapping[str, str]) -> bool:
    """Stop what runs, unless another process uses it; tell whether it was stopped."""
    with one_at_a_time(local_dir):
        release(local_dir)
        if in_use(local_dir):
            return False
        for server in reversed(needed(local_dir, environ)):
            server.stop()
        return True


@contextmanager
def one_at_a_time(local_dir: Path) -> Iterator[None]:
    """Wait until nobody else starts or stops the servers of this folder."""
    handle = open_lock(local_dir, "starting.lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def use(local_dir: Path) -> None:
    """Say that this process uses the servers, until it ends or releases them."""
    if local_dir not in _uses:
        _uses[local_dir] = open_lock(local_dir, "in-use.lock")
        fcntl.flock(_uses[local_dir], fcntl.LOCK_SH)


def release(local_dir: Path) -> None:
    """Say that this process no longer uses the servers."""
    if (handle := _uses.pop(local_dir, None)) is not None:
        os.close(handle)


def in_use(local_dir: Path) -> bool:
    """Tell whether some process uses the servers."""
    handle = open_lock(local_dir, "in-use.lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def open_lock(local_dir: Path, name: str) -> int:
    """Open a lock file; children that are other programs do not inherit it."""
    return os.open(private_dir(local_dir) / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
