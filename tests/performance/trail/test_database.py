"""The trail is nobody's to write: not the application's, whoever acts; and no table of a run is left out of it."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from performance.claims.models import Claim, ClaimRun, Judged
from performance.trail.models import TrailAnchor, TrailCheck, TrailEntry
from performance.trail.rules import BY_NAME, TABLES
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.database import superuser

pytestmark = pytest.mark.django_db
NOT_CHAINED = {"performance_chunk", "performance_linesince"}
"""Of a run while it is being prepared; and what is said of it since, which is written anew each night."""


def asked(statement: str, *values) -> list:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


class TestTheApplication:
    @pytest.mark.parametrize("model", [TrailEntry, TrailAnchor, TrailCheck, apps.get_model("performance.TrailPayload")])
    @pytest.mark.parametrize("verb", ["insert", "update", "delete", "truncate"])
    def test_writes_nothing_in_the_trail(self, db, model, verb):
        assert asked("select has_table_privilege('slf_app', %s, %s)", model._meta.db_table, verb) == [False]

    @pytest.mark.parametrize(
        "statement",
        ["delete from performance_trailentry returning id", "select content from performance_trailpayload"],
    )
    def test_is_refused_by_sql(self, statement):
        with pytest.raises(ProgrammingError, match="permission denied"):
            asked(statement)

    @pytest.mark.parametrize(
        "call",
        [
            "slf.append_to_trail(1, 'x', 'x', '{}', '{}', '{}')",
            "slf.chain_rows('performance_claim', null, 'joined')",
            "slf.anchor_trail(1)",
            "slf.dispose_of_trail(1, 'x')",
        ],
    )
    def test_calls_nothing_that_writes_it(self, db, call):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked(f"select {call}")

    def test_takes_no_chained_row_away(self, db):
        kept = [t for t in BY_NAME if asked("select has_table_privilege('slf_app', %s, 'delete')", t) == [False]]
        assert kept == list(BY_NAME)

    @pytest.mark.parametrize("role", [Role.DATA, Role.HEAD, Role.ADMIN])
    def test_verifies_for_nobody_but_internal_audit(self, post, role):
        with acting_as(post(role)), pytest.raises(ProgrammingError, match="internal audit verifies"):
            asked("select head from slf.verify_trail()")


class TestTheListOfTables:
    def test_is_the_databases_too(self, db):
        with superuser(connection.settings_dict["NAME"]) as cursor:
            cursor.execute(
                "select jsonb_build_array(name, key, run, says, heavy, left_out, steps) from slf.trail_tables()"
            )
            told = [row for (row,) in cursor.fetchall()]
        assert told == [
            [e.table, e.key, e.run, e.says, list(e.heavy), list(e.left_out), e.steps] for e in TABLES
        ]  # fmt: skip

    def test_has_every_table_of_a_run(self):
        lines = (ClaimRun, Judged, Claim)
        named = {
            model._meta.db_table
            for model in apps.get_app_config("performance").get_models()
            if not model.__name__.endswith("Event") and not model.__name__.startswith("Trail")
            and any(field.related_model in lines for field in model._meta.concrete_fields)
        }  # fmt: skip
        assert named - NOT_CHAINED - BY_NAME.keys() == set()
