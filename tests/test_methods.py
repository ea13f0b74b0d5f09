"""Every address x method: what it does not declare is refused, and what only shows writes nothing but its log."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import COUNTY, Row
from tests.factories import FamilyFactory
from tests.readers import api, reader, staff
from tests.test_access_table import TABLE, ask, door, gone, said

ALL = ("get", "post", "put", "patch", "delete", "options")
LOGS = {"slf_view", "django_session"}
"""What a GET may write: that somebody looked, and that they are still there."""

NOT_ALLOWED = {405, 415}
"""The method is not one of the address's, or takes files alone."""

WRITTEN = """
select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables
where n_tup_ins + n_tup_upd + n_tup_del > 0
"""

__all__ = ["api", "reader", "staff"]
pytestmark = [pytest.mark.addresses, pytest.mark.django_db]


def rows_written() -> dict[str, int]:
    """Return how many rows this transaction has written, by table: by functions of the database too."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Yield the set that will hold the tables written while the block runs."""
    before, changed = rows_written(), set()
    yield changed
    changed |= {table for table, number in rows_written().items() if number != before.get(table, 0)}


def made(row: Row, family):
    """Make what the address shows; return its arguments."""
    return row.of_office() if row.of_office else row.subject(family) if row.subject else {}


@pytest.fixture
def may(reader, charnwood, api):
    """Return ``may(row) -> (client, arguments)``: somebody who may use the address, and what it is used on."""

    def make(row: Row, method: str | None = None):
        table = row.methods()[method or next(iter(row.methods()))]
        family = FamilyFactory(household=True) if row.subject else None
        kwargs, role = made(row, family), next(iter(table))
        user = (
            row.owner(kwargs)
            if row.owner
            else reader(role, charnwood, family, holds=bool(family) and role in row.holds)
        )
        return door(user, api, row), kwargs

    return make


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in TABLE if row.get])
class TestLooking:
    def test_writes_the_view_log_and_nothing_else(self, row, may):
        client, kwargs = may(row, "get")
        with acting_as(None), tables_written() as written:
            ask(client, "get", row, kwargs)
        assert written <= LOGS

    def test_at_the_heads_alone_shows_no_more(self, row, may):
        client, kwargs = may(row, "get")
        with acting_as(None):
            answer, heads = ask(client, "get", row, kwargs), ask(client, "head", row, kwargs)
        assert heads.status_code in {answer.status_code, 405}
        assert heads.content == b""


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in TABLE])
class TestAMethodThatIsNotDeclared:
    def undeclared(self, row) -> list[str]:
        return [method for method in ALL if method not in row.methods()]

    def test_is_not_allowed_to_those_who_may_use_the_address(self, row, may):
        client, kwargs = may(row)
        with acting_as(None):
            answers = {method: ask(client, method, row, kwargs).status_code for method in self.undeclared(row)}
        assert {method: status for method, status in answers.items() if status not in NOT_ALLOWED} == {}

    def test_tells_nobody_else_that_something_is_there(self, row, reader, melton, api):
        role = next((role for role in next(iter(row.methods().values())) if role not in COUNTY), Role.SENIOR)
        client = door(reader(role, melton), api, row)
        kwargs = made(row, FamilyFactory(household=True) if row.subject else None)
        with acting_as(None):
            there = {method: said(ask(client, method, row, kwargs)) for method in self.undeclared(row)}
            missing = {method: said(ask(client, method, row, gone(kwargs))) for method in self.undeclared(row)}
        assert there == missing
        assert {method: answer for method, answer in there.items() if answer[0] not in {403, 404} | NOT_ALLOWED} == {}
