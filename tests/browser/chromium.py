"""Chromium as a process of its own, so that a test can kill it as a flat battery does, and start it again."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

ASKED = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new", "--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
)  # fmt: skip
START_SECONDS = 30


def program() -> str:
    found = next((path for name in ASKED if (path := shutil.which(name))), None)
    if found is None:
        message = "Browser tests need Chromium: install chromium, chromium-browser or google-chrome."
        raise RuntimeError(message)
    return found


class Chromium:
    """One profile on one device. ``start`` and ``kill`` may be repeated; the profile stays."""

    def __init__(self, playwright, profile: Path):
        self.playwright, self.profile, self.process = playwright, profile, None

    def start(self):
        """Start the browser and return its one context."""
        (self.profile / "DevToolsActivePort").unlink(missing_ok=True)
        command = [program(), *FLAGS, f"--user-data-dir={self.profile}", "--remote-debugging-port=0", "about:blank"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://localhost:{self._port()}")
        return self.browser.contexts[0]

    def _port(self) -> str:
        until = time.monotonic() + START_SECONDS
        told = self.profile / "DevToolsActivePort"
        while time.monotonic() < until:
            if told.exists() and (lines := told.read_text().splitlines()):
                return lines[0]
            time.sleep(0.05)
        message = "Chromium did not start."
        raise RuntimeError(message)

    def kill(self) -> None:
        """Kill -9, the whole tree: nothing gets to say goodbye."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
