"""System checks: every table is behind a policy or in the list of the others; the role table is PostgreSQL's too."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from slf.access.acting import APPLICATION
from slf.access.rules import opening_rows
from slf.access.unprotected import UNPROTECTED

OPEN_HISTORY = """
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'pgh_obj_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and has_table_privilege('slf_app', c.oid, 'insert, update, delete')
    union all
    select p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname like 'pgtrigger\\_%'
      and p.prosrc ilike '%insert into "%event"%' and not p.prosecdef
"""

FLOORS = ("slf", "families", "referrals", "casework", "performance")
PROTECTED = """
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and c.relforcerowsecurity
      and exists (select from pg_policy p where p.polrelid = c.oid)
"""


def tables() -> dict[str, str]:
    """Return table name by model label for every model of the five floors."""
    return {
        model._meta.label: model._meta.db_table for floor in FLOORS for model in apps.get_app_config(floor).get_models()
    }


def unprotected_tables(protected: set[str]) -> list[str]:
    """Return labels of models that are neither behind a policy nor in the list of the others."""
    return sorted(label for label, table in tables().items() if table not in protected and label not in UNPROTECTED)


@register(Tags.database)
def policies_match_models(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Compare PostgreSQL's policies and role table with the models and rules."""
    if APPLICATION not in (databases or ()):
        return []
    with connections[APPLICATION].cursor() as cursor:
        cursor.execute(PROTECTED)
        protected = {name for (name,) in cursor.fetchall()}
        cursor.execute("select role, mode, record_class, named_only from slf_opening")
        openings = set(cursor.fetchall())
        cursor.execute(OPEN_HISTORY)
        open_history = sorted(name for (name,) in cursor.fetchall())
    problems: list[CheckMessage] = [
        Error(f"{label} is behind no policy and not in slf.access.unprotected.", id="slf.E001")
        for label in unprotected_tables(protected)
    ]
    if openings != opening_rows():
        problems.append(Error("slf_opening differs from slf.access.rules.OPENS: run load_reference.", id="slf.E002"))
    if open_history:
        message = f"History can be written past its triggers: {', '.join(open_history)}."
        problems.append(Error(message, hint="Run load_reference.", id="slf.E003"))
    return problems
