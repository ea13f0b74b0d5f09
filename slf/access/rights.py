"""What one person may reach now, read from PostgreSQL's own answer so that Python and policies cannot disagree."""

from typing import TYPE_CHECKING

from django.db import connections

from slf.access.acting import APPLICATION, acting_id, entered_rights, send_rights
from slf.access.rules import Rights

if TYPE_CHECKING:
    from slf.accounts.models import User

NO_RIGHTS = Rights()


def rights_of(user: "User") -> Rights:
    """Return the user's rights.

    Those of whoever acts are what this transaction works under already; anybody else's are asked once per loaded
    user object.
    """
    if not getattr(user, "is_authenticated", False):
        return NO_RIGHTS
    if (entered := entered_rights(user.pk)) is not None:
        return entered
    held: Rights
    audiences, held = user.__dict__.get("_rights", (None, NO_RIGHTS))
    if audiences != _made.audiences:
        held = read_rights(user.pk)
        user.__dict__["_rights"] = (_made.audiences, held)
    return held


class _Made:
    """How many audiences this process has made: what was read before the newest one is read again."""

    audiences = 0


_made = _Made()


def forget_rights(user: "User") -> None:
    """Have the rights read again, after a post or share of this user changed: in PostgreSQL too, if they act now."""
    user.__dict__.pop("_rights", None)
    if user.pk == acting_id():
        send_rights()


def new_audience() -> None:
    """Have everybody's rights read again: an audience was made that they may be part of."""
    _made.audiences += 1


def read_rights(user_id: int) -> Rights:
    """Read roles with their scopes, and the families held, in one query."""
    with connections[APPLICATION].cursor() as cursor:
        cursor.execute(
            "select array(select concat_ws(':', role, scope_id, by_name::text) from slf.reaches(%s)), "
            "array(select slf.families_held(%s)), array(select slf.families_worked(%s))",
            [user_id, user_id, user_id],
        )
        return Rights.read(*cursor.fetchone())
