"""Where things lie under the local folder, and how the folder is kept from other people of the machine."""

import hashlib
import os
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
