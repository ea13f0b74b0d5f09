"""Where things lie under the local folder, and how the folder is kept from other people of the machine."""

import hashlib
import os
import subprocess
import tempfile
from pathlib import Path

LONGEST_SOCKET_PATH = 100
POSTGRES_PORT = 5432
POSTGRES_SOCKET = f".s.PGSQL.{POSTGRES_PORT}"
VALKEY_SOCKET = "valkey.sock"


def short_name(local_dir: Path) -> str:
    """Return a name that belongs to this folder and this user only."""
    digest = hashlib.sha256(str(local_dir.resolve()).encode()).hexdigest()
    return f"slf-{os.getuid()}-{digest[:10]}"


def socket_dir(local_dir: Path) -> Path:
    """Return the folder of the sockets: inside the local folder, unless the system finds that path too long."""
    inside = local_dir.resolve() / "run"
    if len(str(inside / POSTGRES_SOCKET)) < LONGEST_SOCKET_PATH:
        return inside
    return Path(tempfile.gettempdir()) / short_name(local_dir)


def private_dir(path: Path) -> Path:
    """Make a folder that only its owner can open; refuse one that somebody else put there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid != os.getuid():
        message = f"{path} belongs to somebody else; remove it or set SLF_LOCAL_DIR."
        raise PermissionError(message)
    path.chmod(0o700)
    return path


def log_path(local_dir: Path, name: str) -> Path:
    """Return the log file of one process."""
    return private_dir(local_dir / "logs") / f"{name}.log"


def background(command: list[str], *, log: Path) -> int:
    """Run a command that puts itself into the background (launch.py) and return its process."""
    with log.open("ab") as file:
        told = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=file, stdin=subprocess.DEVNULL, cwd="/", text=True, check=True
        )
    return int(told.stdout)


def lives(pid: int) -> bool:
    """Tell whether a process lives; one that has ended but that nobody has noticed yet does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc/self").exists()
