"""A tree of processes: started in order, watched, restarted when one dies, stopped in the opposite order.

Every child is a process group of its own, so that Ctrl-C reaches only this process and the order of stopping holds;
and every child asks the system for SIGTERM should this process be killed, so that nothing is left behind.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from slf.embedded import ordinary
from slf.embedded.places import log_path

LOOK_EVERY = 0.2
LONGEST_PAUSE = 30
STEADY_AFTER = 60
LARGEST_LOG = 10_000_000
COLOURS = {"postgres": 34, "valkey": 35, "prepare": 33, "web": 32, "worker": 36, "reports": 36, "beat": 90}


class Output:
    """One place for what every process says: the terminal, each line with its name, and a log file each."""

    def __init__(self, local_dir: Path) -> None:
        self.local_dir = local_dir
        self.lock = threading.Lock()
        self.colour = sys.stdout.isatty()

    def say(self, name: str, line: str) -> None:
        """Print one line with the name of its process."""
        label = f"{name:>9}"
        if self.colour:
            label = f"\033[{COLOURS.get(name, 37)}m{label}\033[0m"
        with self.lock:
            print(f"{label} | {line}", flush=True)

    def follow(self, name: str, process: subprocess.Popen[str]) -> None:
        """Print and keep what a process says until it ends."""
        path = log_path(self.local_dir, name)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.rename(path.with_suffix(".old.log"))
        with path.open("a") as log, process.stdout as lines:
            for line in lines:
                log.write(line)
                log.flush()
                self.say(name, line.rstrip("\n"))


@dataclass
class Child:
    """One process of the tree, and how it is started and stopped."""

    name: str
    command: Callable[[], list[str]]
    environ: Mapping[str, str] = field(default_factory=dict)
    stop_signal: int = signal.SIGTERM
    patience: float = 20
    ready: Callable[[], None] | None = None
    process: subprocess.Popen[str] | None = None
    started: float = 0
    pause: float = 0.5

    def start(self, output: Output) -> None:
        """Start it and let a thread pass on what it says."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **self.environ},
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=output.follow, args=(self.name, self.process), daemon=True).start()

    def wait_until_ready(self) -> None:
        """Wait until it can be used by the next one."""
        if self.ready:
            self.ready()

    def died(self) -> int | None:
        """Return how it ended, or None while it lives."""
        return self.process.poll() if self.process else None

    def next_pause(self) -> float:
        """Return how long to wait before starting it again: longer each time it dies soon."""
        steady = time.monotonic() - self.started > STEADY_AFTER
        self.pause = 0.5 if steady else min(self.pause * 2, LONGEST_PAUSE)
        return self.pause

    def stop(self) -> None:
        """Ask it to end, and end it with all its own children when it does not."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Tree:
    """The children together, from the first start to Ctrl-C."""

    def __init__(self, children: list[Child], output: Output) -> None:
        self.children = children
        self.output = output
        self.started: list[Child] = []
        self.due: dict[str, float] = {}
        self.ending = False

    def start(self, *children: Child) -> None:
        """Start children in order, each ready before the next."""
        for child in children:
            if self.ending:
                return
            self.started.append(child)
            child.start(self.output)
            child.wait_until_ready()

    def run(self, name: str, *commands: tuple[list[str], Mapping[str, str]]) -> bool:
        """Run commands one after the other, with their output in the same place; tell whether all went well."""
        for command, environ in commands:
            child = Child(name, lambda command=command: with_parent(command), environ)
            self.start(child)
            while not self.ending and child.died() is None:
                time.sleep(LOOK_EVERY)
            if self.ending or child.died() != 0:
                return False
            self.started.remove(child)
        return True

    def watch(self) -> None:
        """Restart what dies, until asked to end."""
        while not self.ending:
            for child in self.started:
                self.revive(child)
            time.sleep(LOOK_EVERY)

    def revive(self, child: Child) -> None:
        """Report a dead child once and start it again after a pause."""
        if child.died() is None:
            return
        if child.name not in self.due:
            pause = child.next_pause()
            self.due[child.name] = time.monotonic() + pause
            self.output.say(
                child.name, f"ended by itself ({how_it_ended(child.died())}); starting again in {pause:g} s"
            )
        elif time.monotonic() >= self.due[child.name]:
            del self.due[child.name]
            child.start(self.output)

    def end_on_signals(self) -> None:
        """Let Ctrl-C and SIGTERM end the tree in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.end)

    def end(self, *_: object) -> None:
        """Ask the tree to end."""
        self.ending = True

    def stop(self, order: Callable[[Child], int]) -> None:
        """Stop everything in the given order."""
        for child in sorted(self.started, key=order):
            self.output.say(child.name, "stopping")
            child.stop()


def with_parent(command: list[str]) -> list[str]:
    """Return the command so that it ends when this process does."""
    return ordinary.Runner("this user").command(*command, how=ordinary.with_parent())


def how_it_ended(code: int | None) -> str:
    """Say an exit code in words."""
    if code is not None and code < 0:
        return f"killed by signal {-code}"
    return f"exit code {code}"
