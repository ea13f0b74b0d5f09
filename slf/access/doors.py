"""What every door asks: the row if it is yours (404), the act if it is your job (403), and a line in the view log."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from slf.access.explain import rights_in_words
from slf.access.models import View
from slf.access.rights import rights_of
from slf.access.rules import Can


def get_or_refuse(rows: type[Model] | QuerySet, user, *, can: Can = Can.READ, **lookup: Any):
    """Return the one row the user may act on.

    Somebody else's row and a missing one are the same ``Http404``; a row that is the user's to read but not to
    act on is ``PermissionDenied``.
    """
    rows = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    if (row := rows.visible_to(user, can=can).filter(**lookup).first()) is not None:
        return row
    if can is not Can.READ and rows.visible_to(user).filter(**lookup).exists():
        raise PermissionDenied
    raise Http404


def requires(can: Can) -> Callable:
    """Refuse a page that is nobody's row (a queue, a form to start) to those whose posts do not allow the act."""

    def decorate(view):
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs):
            if not rights_of(request.user).may(can):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.requires = can
        return guarded

    return decorate


def log_view(request: HttpRequest, what: str, *, family=None, families: Iterable[int] = (), why: str = "") -> None:
    """Write one row of the view log: a record (``family``) or a list (the ids of the families on it)."""
    ids = [family.pk] if family else sorted(set(families))
    View.objects.create(
        user=request.user,
        family_id=family.pk if family else None,
        family_ids=ids,
        what=what[:120],
        door=request.path[:300],
        address=request.META.get("REMOTE_ADDR") or None,
        right="; ".join(rights_in_words(request.user, family))[:200] if family else "",
        why=why[:500],
    )
