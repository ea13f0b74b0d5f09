"""Several people at the same moment, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from slf.web.errors import DomainError


def at_once(*verbs: Callable[[], Any]) -> list[Any]:
    """Call the functions at the same moment; return what each gave, or how it was refused, in the order they ended."""
    start, given = Barrier(len(verbs)), []

    def one(verb: Callable[[], Any]) -> None:
        start.wait()
        try:
            given.append(verb())
        except DomainError as refused:
            given.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == len(verbs), "one of them failed"
    return given
