"""Every column of every row of the trail altered, one after the other, each taken back."""

from collections.abc import Collection, Mapping

from django.db import connection
from psycopg2 import IntegrityError

from performance.trail.rules import TABLES
from tests.database import superuser

LEFT_OUT = {each.table: set(each.left_out) for each in TABLES} | {
    "performance_trailentry": {"scope_id"},
    "performance_trailanchor": {"id", "scope_id"},
    "performance_trailpayload": set(),
}
OTHER = {
    "smallint": "{} + 1", "bigint": "coalesce({}, 0) + 1000000",
    "integer": "coalesce({}, 0) + 1", "numeric": "{} + 1",
    "uuid": "gen_random_uuid()",
    "boolean": "not {}", "date": "coalesce({}, '2014-01-01') + 1", "jsonb": """'{{"a": 1}}'""",
    "timestamp with time zone": "coalesce({}, now()) + interval '1 second'",
}  # fmt: skip
COLUMNS = """
    select column_name, data_type, coalesce(character_maximum_length, 1000000) from information_schema.columns
    where table_name = %s"""


def columns_of(table: str) -> list[tuple[str, str]]:
    """Return each column of a table with SQL for another value of it."""
    with superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(COLUMNS, [table])
        return [
            (column, OTHER.get(kind, f"left('x' || coalesce({{}}, ''), {longest})").format(f'"{column}"'))
            for column, kind, longest in cursor.fetchall()
        ]


def is_seen(tried, table: str, column: str, other: str) -> bool:
    """Alter one column of one row and see whether that is found. What PostgreSQL refuses even then is no way in."""
    try:
        return tried(f'update {table} set "{column}" = {other} where ctid = (select max(ctid) from {table})') != []
    except IntegrityError:
        return True


def unseen(tried, tables: Mapping[str, Collection[str]]) -> list[str]:
    """Return the columns that can be altered unseen, of those of these tables that hold a row."""
    return [
        f"{table}.{column}"
        for table, left_out in tables.items()
        if holds_rows(table)
        for column, other in columns_of(table)
        if column not in left_out and not is_seen(tried, table, column, other)
    ]


def holds_rows(table: str) -> bool:
    with superuser(connection.settings_dict["NAME"]) as cursor:
        cursor.execute(f"select exists (select from {table})")
        return cursor.fetchone()[0]
