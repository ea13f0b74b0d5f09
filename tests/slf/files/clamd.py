"""A scanner of the tests: it speaks as clamd does, and can break off in the middle or take its time."""

import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND = "Eicar-Test-Signature"


class Scanner(threading.Thread):
    def __init__(self, line: socket.socket, *, how: str) -> None:
        super().__init__(daemon=True)
        self.line, self.how, self.asked = line, how, 0

    def run(self) -> None:
        while True:
            try:
                said, _ = self.line.accept()
            except OSError:
                return
            with said, suppress(OSError):  # whoever asked went away: on a busy machine before all was sent
                self.answer(said)

    def answer(self, said: socket.socket) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += exactly(said, 1)
        if command == b"zPING\0":
            return said.sendall(b"PONG\0")
        self.asked += 1
        if self.how == "breaks off":
            said.recv(16)
            return None
        content = b""
        while size := struct.unpack("!L", exactly(said, 4))[0]:
            content += exactly(said, size)
        if self.how == "slow":
            time.sleep(1)
        return said.sendall((f"stream: {FOUND} FOUND" if EICAR in content else "stream: OK").encode() + b"\0")


def exactly(said: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        if not (more := said.recv(size - len(found))):
            raise ConnectionError
        found += more
    return found


@contextmanager
def scanning(settings, tmp_path, how: str = ""):
    """Have a scanner listen, and the service ask it."""
    where = str(tmp_path / "clamd")
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.bind(where)
    line.listen()
    scanner = Scanner(line, how=how)
    scanner.start()
    settings.CLAMD, settings.CLAMD_SECONDS = where, 0.5 if how == "slow" else 5
    try:
        yield scanner
    finally:
        line.shutdown(socket.SHUT_RDWR)
        line.close()
        (tmp_path / "clamd").unlink()
