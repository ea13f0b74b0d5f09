"""Two people at the same moment, on two connections."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from slf.access.acting import acting_as
from slf.accounts.models import User


@contextmanager
def meanwhile(act: Callable[[], object], user: User) -> Iterator[tuple[list[object], threading.Thread]]:
    """Run ``act`` on another connection while the block runs; yield what became of it (filled in at the end).

    The block starts the thread once it holds what the other is to wait for.
    """
    outcome: list[object] = []

    def run() -> None:
        try:
            with acting_as(user), transaction.atomic():
                outcome.append(act())
        except Exception as error:
            outcome.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        yield outcome, other
        other.join(timeout=0.5)
        assert other.is_alive(), "the second person did not wait for the first"
    other.join(timeout=10)
