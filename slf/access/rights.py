"""What one person may reach now, read from PostgreSQL's own answer so that Python and policies cannot disagree."""

from typing import TYPE_CHECKING

from django.db import connections

from slf.access.acting import APPLICATION
from slf.access.rules import Rights, Role

if TYPE_CHECKING:
    from slf.accounts.models import User

NO_RIGHTS = Rights()


def rights_of(user: "User") -> Rights:
    """Return the user's rights, asked once per loaded user object (one request, one task)."""
    if not getattr(user, "is_authenticated", False):
        return NO_RIGHTS
    if (held := user.__dict__.get("_rights")) is None:
        held = user.__dict__["_rights"] = read_rights(user.pk)
    return held


def forget_rights(user: "User") -> None:
    """Drop what was read, after a post or share of this user changed."""
    user.__dict__.pop("_rights", None)


def read_rights(user_id: int) -> Rights:
    """Read roles with their scopes, and the families held, in one query."""
    with connections[APPLICATION].cursor() as cursor:
        cursor.execute(
            "select array(select role || ':' || scope_id from slf.reaches(%s)), array(select slf.families_held(%s))",
            [user_id, user_id],
        )
        reaches, families = cursor.fetchone()
    pairs = (row.rsplit(":", 1) for row in reaches)
    return Rights(frozenset((Role(role), int(scope)) for role, scope in pairs), frozenset(families))
