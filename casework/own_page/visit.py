"""What whoever opens their own page may do, each through one function of the database: nobody is signed in."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pghistory
from django.db import connection

from casework.own_page.services import digest, digest_of_pin
from slf.access.acting import acting_as


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as nobody, whoever is signed in to the service in this browser."""
    with acting_as(None), pghistory.context(user=None):
        yield


def _ask(sql: str, *values: Any) -> Any:
    with as_nobody(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def open_page(*, token: str, held: str, pin: str, on: date) -> str | None:
    """Return the secret of the cookie that keeps the page open; nothing, whatever was wrong."""
    fresh = secrets.token_urlsafe(32)
    known = [digest(token) if token else None, digest(held), digest_of_pin(pin), digest(fresh)]
    return fresh if _ask("select slf.open_own_page(%s, %s, %s, %s, %s)", *known, on) else None


def read_page(held: str, *, address: str | None, on: date) -> dict[str, Any] | None:
    """Return what the page shows, and have it stand in the view log; nothing where it is not open."""
    found = _ask("select slf.read_own_page(%s, %s, %s)", digest(held), on, address)
    return json.loads(found) if isinstance(found, str) else found


def say(held: str, *, on: date, **told: Any) -> bool:
    """Say something on the page; tell whether it was taken."""
    return bool(_ask("select slf.say_on_own_page(%s, %s, %s)", digest(held), json.dumps(told), on))


def leave(held: str) -> None:
    """Have the page ask for the PIN again."""
    _ask("select slf.leave_own_page(%s) is null", digest(held))
