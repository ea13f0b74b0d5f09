"""What every door asks: the row if it is yours (404), the act if it is your job (403), and a line in the view log."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from slf.access.explain import rights_in_words
from slf.access.models import View
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass, client_address
from slf.accounts.models import User

View_ = Callable[..., HttpResponse]


def get_or_refuse(rows: Any, user: Any, *, can: Can = Can.READ, **lookup: Any) -> Any:
    """Return the one row the user may act on.

    ``rows`` is a model or a queryset of one that has ``visible_to``. Somebody else's row and a missing one are the same
    ``Http404``; a row that is the user's to read but not to act on is ``PermissionDenied``. A family that is one with
    another leads to that one, to those who may open it.
    """
    rows = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    if (row := rows.visible_to(user, can=can).filter(**lookup).first()) is not None:
        one = getattr(row, "leads_to", None)
        return row if one is None else get_or_refuse(rows, user, can=can, pk=one)
    if can is not Can.READ and rows.visible_to(user).filter(**lookup).exists():
        raise PermissionDenied
    raise Http404


def may_work_with(family: Any, user: User) -> bool:
    """Tell whether the buttons to change a family's record are shown: only a look at it shows none."""
    rights = rights_of(user)
    return rights.opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk, can=Can.WORK_FAMILY)


def requires(can: Can) -> Callable[[View_], View_]:
    """Refuse a page that is nobody's row (a queue, a form to start) to those whose posts do not allow the act."""

    def decorate(view: View_) -> View_:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rights_of(signed_in(request)).may(can):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def staff_only(view: View_) -> View_:
    """Refuse a page about how the service works to those who hold posts of a partner alone."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rights_of(signed_in(request)).is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def signed_in(request: HttpRequest) -> User:
    """Return the person who asks; a door is behind the sign-in, so somebody else is a mistake in the code."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def log_view(
    request: HttpRequest, what: str, *, family: Any = None, families: Iterable[int] = (), why: str = ""
) -> None:
    """Write one row of the view log: a record (``family``) or a list (the ids of the families on it)."""
    user, ids = signed_in(request), [family.pk] if family else sorted(set(families))
    View.objects.create(
        user=user,
        family_id=family.pk if family else None,
        family_ids=ids,
        what=what[:120],
        door=request.path[:300],
        address=client_address(
            request.META.get("REMOTE_ADDR", ""),
            request.headers.get("X-Forwarded-For", ""),
            proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        ),
        right="; ".join(rights_in_words(user, family))[:200] if family else "",
        why=why[:500],
    )
