"""A function of PostgreSQL and its one answer."""

from typing import Any
from uuid import UUID

from django.db import connection


def call(function: str, *asked: Any) -> Any:
    """Ask a function of PostgreSQL for its one answer."""
    marks = ", ".join(["%s"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(f"select slf.{function}({marks})", [str(a) if isinstance(a, UUID) else a for a in asked])
        return cursor.fetchone()[0]
