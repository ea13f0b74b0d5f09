"""Several people at the same moment, each on a connection of their own."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Barrier, Thread
from typing import Any

from django.db import IntegrityError, connection, transaction

from slf.access.acting import acting_as
from slf.access.rights import forget_rights
from slf.accounts.models import User
from slf.web.errors import DomainError

LONGEST = 60
REFUSALS = (DomainError, IntegrityError)
"""How the second of two may be refused; anything else is a failure of the test."""
WAITING = """
    select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())
"""


def committed(function: Callable[[], Any]) -> Any:
    """Return what the function makes, or reads, in one transaction: others see it from then on."""
    with transaction.atomic():
        return function()


@contextmanager
def in_the_name_of(user: User | None) -> Iterator[None]:
    """Act as the user in a transaction, as a request does; ``in_the_name_of(user)(verb)`` is a verb that does."""
    with acting_as(user), transaction.atomic():
        yield


def acting(user: User) -> AbstractContextManager[None]:
    """Act as somebody whose rights may have changed since."""
    forget_rights(user)
    return in_the_name_of(user)


class Somebody(Thread):
    """One of them. What they gave, or how they were refused, is there at the end."""

    def __init__(self, verb: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.verb, self.given, self.failed = verb, None, None

    def run(self) -> None:
        try:
            self.given = self.verb()
        except REFUSALS as refused:
            self.given = refused
        except BaseException as failed:
            self.failed = failed
        finally:
            connection.close()

    def ended(self) -> Any:
        """Wait for the end and return what was given; fail when there is no end, or another one than expected."""
        self.join(timeout=LONGEST)
        assert not self.is_alive(), "one of them never ended"
        if self.failed is not None:
            raise self.failed
        return self.given


def at_once(*verbs: Callable[[], Any]) -> list[Any]:
    """Call the functions at the same moment; return what each gave, or how it was refused."""
    start = Barrier(len(verbs), timeout=LONGEST)

    def together(verb: Callable[[], Any]) -> Callable[[], Any]:
        return lambda: (start.wait(), verb())[1]

    everybody = [Somebody(together(verb)) for verb in verbs]
    for one in everybody:
        one.start()
    return [one.ended() for one in everybody]


@contextmanager
def meanwhile(act: Callable[[], object], user: User) -> Iterator[tuple[list[object], Somebody]]:
    """Run ``act`` on another connection while the block runs; yield what became of it (filled in at the end).

    The block starts the other once it holds what the other is to wait for.
    """
    outcome: list[object] = []
    other = Somebody(in_the_name_of(user)(act))
    with transaction.atomic():
        yield outcome, other
        wait_for_a_lock(other)
    outcome.append(other.ended())


def wait_for_a_lock(other: Somebody) -> None:
    """Return once somebody waits for a lock in this database."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    if not other.is_alive():
        other.ended()
    raise AssertionError("the second person did not wait for the first")
