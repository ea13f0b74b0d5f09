"""Whose rights the database works under.

``acting_as(user)`` holds the user's id; the database backend sends it to ``slf.enter`` wherever a
transaction begins, and PostgreSQL works out the rest from posts and shares and says what it found. Outside a
transaction nobody acts, and protected tables answer with an error rather than with nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import connections
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from slf.access.rules import Rights

if TYPE_CHECKING:
    from slf.accounts.models import User

_acting: ContextVar[int | None] = ContextVar("acting", default=None)
APPLICATION = "default"
Entered = tuple[int | None, Rights]
NOBODY: Entered = (None, Rights())
ENTERED = "entered"  # on the connection: whose rights its transaction works under, and what they are


def acting_id() -> int | None:
    """Return the id of the user in whose name this thread or task works, or None."""
    return _acting.get()


@contextmanager
def acting_as(user: "User | int | None") -> Iterator[None]:
    """Work in the user's name: at once if a transaction is open, else in every transaction begun inside."""
    token = _acting.set(user if isinstance(user, int | None) else user.pk)
    try:
        send_rights()
        yield
    finally:
        _acting.reset(token)
        send_rights()


def send_rights() -> None:
    """Tell an open, usable transaction who acts now. A broken one is rolled back, and its settings with it."""
    connection = connections[APPLICATION]
    if connection.connection is None or not connection.in_atomic_block or connection.needs_rollback:
        return
    if connection.connection.info.transaction_status == TRANSACTION_STATUS_INERROR:
        return
    with connection.cursor() as cursor:
        vars(connection)[ENTERED] = enter(cursor, _acting.get())


def enter(cursor: Any, user_id: int | None) -> Entered:
    """Have PostgreSQL work under the user's rights until the transaction ends, and return what they are."""
    cursor.execute("select pairs, families, worked from slf.enter(%s)", [user_id])
    return user_id, Rights.read(*cursor.fetchone())


def entered_rights(user_id: int) -> Rights | None:
    """Return the rights this transaction works under when they are this user's, else None."""
    connection = connections[APPLICATION]
    holder, rights = vars(connection).get(ENTERED, NOBODY)
    return rights if connection.in_atomic_block and user_id == holder == _acting.get() else None
