"""PostgreSQL backend of the application's role: every transaction says who acts; an unsafe role is refused."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from slf.access import acting

UNSAFE = """
    select r.rolsuper or r.rolbypassrls or exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'slf') and pg_has_role(current_user, c.relowner, 'usage'))
    from pg_roles r where r.rolname = current_user
"""


class DatabaseWrapper(base.DatabaseWrapper):
    entered = acting.NOBODY
    settings_read: list[Any] | None = None  # read once in a transaction (slf.policy)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute(UNSAFE)
            (unsafe,) = cursor.fetchone()
        if not self.get_autocommit():
            self.connection.rollback()
        if unsafe:
            message = "The application's database role owns tables or can bypass row security: refusing to start."
            raise ImproperlyConfigured(message)

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001  (Django's signature)
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self.entered, self.settings_read = acting.NOBODY, None
        if not autocommit and (user_id := acting.acting_id()) is not None:
            with self.connection.cursor() as cursor:
                self.entered = acting.enter(cursor, user_id)

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self.settings_read = None
        self.entered = acting.NOBODY  # the settings are again those of before the savepoint
