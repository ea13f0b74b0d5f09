"""PostgreSQL and Valkey started from the packages of `requirements/embedded.txt`, for when no server is given.

`ensure_running()` is what tests and tools call; `python -m slf.embedded start|stop|status|psql` is the same by hand.
"""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def local_dir() -> Path:
    """Return the folder that holds everything this machine made: data, sockets, logs, secrets."""
    return Path(os.environ.get("SLF_LOCAL_DIR", BASE_DIR / ".local"))


def ensure_running() -> None:
    """Start what `DATABASE_URL` and `REDIS_URL` do not give, unless it runs, and keep it while this process lives."""
    from slf.embedded import servers

    servers.ensure_running(local_dir(), os.environ)
