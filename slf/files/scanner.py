"""Asking the virus scanner: clamd, by its protocol INSTREAM, over a socket of the machine or of the network.

The one client that is kept up (aioclamd) works only inside an event loop, and a request here has none.
"""

import socket
import struct
import time
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, Protocol

from django.conf import settings

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
PORT = 3310


class Verdict(StrEnum):
    CLEAN = "clean"
    FOUND = "found"
    UNSEEN = "unseen"  # the scanner does not answer, or broke off
    NOT_ASKED = "not_asked"  # none is configured


class Looked(NamedTuple):
    verdict: Verdict
    found: str = ""


class Readable(Protocol):
    """A file, however it came."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, to: int, /) -> int: ...


def ask(file: Readable) -> Looked:
    """Give the whole file to the scanner and return what it says; the file stands at its beginning again."""
    if not settings.CLAMD:
        return Looked(Verdict.NOT_ASKED)
    try:
        answer = _talk(b"zINSTREAM\0", _parts(file))
    except OSError:
        return Looked(Verdict.UNSEEN)
    finally:
        file.seek(0)
    if answer.endswith(" FOUND"):
        return Looked(Verdict.FOUND, answer.removeprefix("stream: ").removesuffix(" FOUND")[:100])
    return Looked(Verdict.CLEAN if answer == "stream: OK" else Verdict.UNSEEN)


def answers() -> bool:
    """Tell whether the scanner is there."""
    try:
        return _talk(b"zPING\0", iter(())) == "PONG"
    except OSError:
        return False


def _parts(file: Readable) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield struct.pack("!L", len(chunk)) + chunk
    yield struct.pack("!L", 0)


def _talk(command: bytes, parts: Iterator[bytes]) -> str:
    """Send all and return the answer. However slowly the other end moves, it has so many seconds in all."""
    until = time.monotonic() + settings.CLAMD_SECONDS
    with _connect(settings.CLAMD, until) as line:
        line.sendall(command)
        for part in parts:
            _in_time(line, until)
            line.sendall(part)
        said = b""
        while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
            _in_time(line, until)
            if not (more := line.recv(LONGEST_ANSWER)):
                raise ConnectionError("The scanner broke off.")
            said += more
    return said.rstrip(b"\0").decode(errors="replace").strip()


def _connect(where: str, until: float) -> socket.socket:
    if "/" not in where:
        host, _, port = where.rpartition(":") if ":" in where else (where, "", str(PORT))
        return socket.create_connection((host, int(port)), timeout=_left(until))
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(_left(until))
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _in_time(line: socket.socket, until: float) -> None:
    line.settimeout(_left(until))


def _left(until: float) -> float:
    if (left := until - time.monotonic()) <= 0:
        raise TimeoutError("The scanner is too slow.")
    return left
