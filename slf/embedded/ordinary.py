"""How to run PostgreSQL, which refuses to be root.

An ordinary user just runs it. Root runs it inside a user namespace where root is called `nobody`: nothing is added to
the machine and the files stay root's own. Where the system allows no namespace, root copies the binaries to a folder
of `nobody` under /var/lib and runs them as `nobody`, data included.
"""

import functools
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from slf.embedded import launch
from slf.embedded.places import short_name, socket_dir

BACKGROUND = "--background"
NOBODY = "nobody"
MACHINE_WIDE = Path("/var/lib")
FORCED = "SLF_EMBEDDED_AS"


@dataclass(frozen=True)
class Runner:
    """Somebody who may run PostgreSQL: what to put before the command, and whose its files are."""

    name: str
    flags: tuple[str, ...] = ()
    owner: tuple[int, int] | None = None

    def command(self, *command: str | Path, how: str = "") -> list[str]:
        """Return the command as this somebody runs it; `how` is one of launch.py's ways."""
        flags = [*self.flags, *filter(None, [how])]
        if not flags:
            return [str(part) for part in command]
        return [sys.executable, "-I", "-S", launch.__file__, *flags, "--", *(str(part) for part in command)]

    def home(self, local_dir: Path) -> Path:
        """Return the folder that this somebody can reach and write."""
        return local_dir if self.owner is None else MACHINE_WIDE / short_name(local_dir)

    def own(self, path: Path) -> Path:
        """Make a folder that is this somebody's alone."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        if self.owner:
            os.chown(path, *self.owner)
        return path


def with_parent() -> str:
    """Return the way of launch.py that ends a command when this process does."""
    return f"--with-parent={os.getpid()}"


def runner() -> Runner:
    """Return who runs PostgreSQL on this machine."""
    if os.getuid() != 0:
        return Runner("this user")
    nobody = pwd.getpwnam(NOBODY)
    spaced = Runner("root in a user namespace", ("--namespace", str(nobody.pw_uid)))
    if os.environ.get(FORCED) != NOBODY and works(spaced):
        return spaced
    return Runner(NOBODY, ("--user", f"{nobody.pw_uid}:{nobody.pw_gid}"), (nobody.pw_uid, nobody.pw_gid))


@functools.cache
def works(candidate: Runner, *command: str) -> bool:
    """Try a command as somebody: containers often forbid user namespaces."""
    tried = candidate.command(*(command or ("true",)))
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def reachable_binaries(who: Runner, binaries: Path, local_dir: Path) -> Path:
    """Return the folder of the binaries; where `nobody` runs them, that of a copy, made once for each version."""
    if who.owner is None:
        return binaries
    made_at = (binaries / "postgres").stat().st_mtime_ns
    copy = who.home(local_dir) / f"binaries-{made_at}"
    if not copy.exists():
        copy_binaries(binaries, copy, owner=who.owner)
    return copy / binaries.relative_to(binaries.parent.parent.parent)


def copy_binaries(binaries: Path, copy: Path, *, owner: tuple[int, int]) -> None:
    """Copy the installation and the libraries that lie beside its package."""
    package, draft = binaries.parent.parent, copy.with_name("binaries.new")
    shutil.rmtree(draft, ignore_errors=True)
    for folder in (binaries.parent, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, draft / folder.relative_to(package.parent), symlinks=True)
    hand_over(draft, owner)
    draft.rename(copy)


def hand_over(folder: Path, owner: tuple[int, int]) -> None:
    """Give a folder and all inside it to somebody."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, *owner, follow_symlinks=False)


def share_sockets(who: Runner, local_dir: Path) -> None:
    """Point the socket folder at one that `nobody` can reach, where root's own folder would be closed to it."""
    if who.owner is None:
        return
    reached = who.own(who.home(local_dir) / "run")
    here = socket_dir(local_dir)
    here.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not here.is_symlink():
        if here.exists():
            here.rmdir()
        here.symlink_to(reached)
