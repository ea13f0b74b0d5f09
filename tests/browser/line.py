"""The line between a browser and the service: it can be cut and mended, and it counts what comes down it."""

import socket
import threading
from contextlib import suppress


class Line:
    """Forwards TCP connections from a port of its own to the service's."""

    def __init__(self, port: int):
        self.service = ("localhost", port)
        self.listener = socket.create_server(("localhost", 0))
        self.port = self.listener.getsockname()[1]
        self.is_cut = False
        self.received = 0
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """Lose the connection: what is open breaks, nothing new comes through."""
        self.is_cut = True
        for end in list(self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        self.listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self._connect, args=[near], daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        if self.is_cut:
            near.close()
            return
        far = socket.create_connection(self.service)
        self.open |= {near, far}
        up = threading.Thread(target=self._carry, args=[near, far], daemon=True)
        up.start()
        self._carry(far, near, counts=True)
        up.join()
        for end in (near, far):
            self.open.discard(end)
            end.close()

    def _carry(self, source: socket.socket, target: socket.socket, *, counts: bool = False) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                self.received += len(piece) if counts else 0
                target.sendall(piece)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)
