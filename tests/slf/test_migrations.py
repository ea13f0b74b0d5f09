"""A database made by the migrations that these replaced: whole it has nothing to do, half-way it is refused."""

from datetime import UTC, datetime

import pytest
from django.db import connections
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APPS = ("slf", "families", "referrals", "casework", "performance")
THEN = datetime(2026, 11, 27, tzinfo=UTC)


def replaced(app: str) -> list[tuple[str, str]]:
    """Return the names that a database of before recorded of an app, in their order."""
    of_the_app = [m for key, m in MigrationLoader(None).disk_migrations.items() if key[0] == app]
    return sorted(name for migration in of_the_app for name in migration.replaces)


def others() -> list[tuple[str, str]]:
    """Return what stands in every database: the migrations of the parts that are not ours."""
    return [key for key in MigrationLoader(None).disk_migrations if key[0] not in APPS]


@pytest.fixture
def applied(monkeypatch):
    """Say which migrations a database says it has, instead of asking one."""

    def say(names):
        recorded = dict.fromkeys(names, MigrationRecorder.Migration(applied=THEN))
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: recorded)

    return say


def test_a_whole_database_of_before_has_them_all(applied):
    applied([*others(), *(name for app in APPS for name in replaced(app))])
    executor = MigrationExecutor(connections["owner"])
    first = {key for app in APPS for key in executor.loader.disk_migrations if key[0] == app and "squashed" in key[1]}
    executor.loader.check_consistent_history(connections["owner"])
    assert len(first) == len(APPS)
    assert executor.migration_plan(sorted(first)) == []


@pytest.mark.parametrize("app", APPS)
def test_one_that_stopped_half_way_is_refused(app, applied):
    names = replaced(app)
    for stopped in range(1, len(names)):
        applied(names[:stopped])
        with pytest.raises(NodeNotFoundError, match="some of the replaced migrations are already applied"):
            MigrationExecutor(connections["owner"])
