"""Run a command as somebody who is not root, in the background, or so that it ends with whoever started it.

Run as a file, before anything of the service is imported, because a user namespace can only be entered by a
process with one thread:

    python -I -S launch.py [--namespace UID] [--user UID:GID] [--with-parent PID | --background] -- command ...
"""

import argparse
import ctypes
import os
import signal
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def enter_namespace(uid: int) -> None:
    """Become `uid` inside a user namespace; outside, files and signals stay those of the user who started this."""
    outside = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "The system allows no user namespace")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {outside[0]} 1")
    Path("/proc/self/gid_map").write_text(f"{uid} {outside[1]} 1")


def become(user: str) -> None:
    """Give up root for good."""
    uid, gid = (int(number) for number in user.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def end_with_parent(parent: int) -> None:
    """Ask the system for SIGTERM when the parent dies (only Linux can), and end now if it died before we asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("Whoever started this has ended.")


def go_to_background() -> None:
    """Leave whoever started this: they are told the process and go on; it belongs to the system now."""
    if child := os.fork():
        print(child, flush=True)
        os._exit(0)
    os.setsid()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--namespace", type=int)
    parser.add_argument("--user")
    parser.add_argument("--with-parent", type=int)
    parser.add_argument("--background", action="store_true")
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args(arguments)
    if asked.namespace is not None:
        enter_namespace(asked.namespace)
    if asked.user:
        become(asked.user)
    if asked.with_parent:
        end_with_parent(asked.with_parent)
    if asked.background:
        go_to_background()
    os.execvp(asked.command[0], asked.command)


if __name__ == "__main__":
    main(sys.argv[1:])
