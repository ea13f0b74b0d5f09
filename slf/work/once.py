"""Safe to send twice: the same key again gives the first answer, and nothing is done a second time.

The key is a row in the request's own transaction. A second request with the same key waits on the unique
index until the first has committed (then it is answered with what was kept) or rolled back (then it goes first).
"""

import hashlib
import json
from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.datastructures import MultiValueDict
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from slf.accounts.models import User
from slf.web.errors import Conflict
from slf.work.models import OnceKey
from slf.work.services import ONCE_KEYS_KEPT

FIELD, HEADER = "once", "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}


class SentTwice(Conflict):
    """The same form again, while the first is still being saved or with other answers in it."""


class KeyUsedBefore(APIException):
    status_code = 422
    default_code = "idempotency_key_reused"
    default_detail = f"This {HEADER} was used before with another request. Use a new key for a new request."


def once_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a POST view do its work once per hidden ``once`` field: sent again, it redirects to the first result.

    An answer that is not a redirect (the form again, with errors) frees the key, so it may be sent again.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = as_uuid(request.POST.get(FIELD)) if request.method == "POST" else None
        if key is None:
            return view(request, *args, **kwargs)
        return _page_once(request, key, partial(view, request, *args, **kwargs))

    return wrapper


@transaction.atomic
def _page_once(request: HttpRequest, key: UUID, view: Callable[[], HttpResponse]) -> HttpResponse:
    content = digest(request.POST, request.FILES)
    held, fresh = take(by=request.user, key=key, door=request.path, content=content)
    if not fresh:
        return _first_page_again(held, content, door=request.path)
    response = view()
    if where := response.get("Location") or response.get("HX-Redirect"):
        keep(held, status=response.status_code, location=where)
    else:
        held.delete()
    return response


def _first_page_again(held: OnceKey, content: str, *, door: str) -> HttpResponse:
    if (held.door, held.digest) != (door, content):
        message = "This form was already sent. What you changed since then is not saved: go back to copy it."
        raise SentTwice(message)
    if 300 <= held.status < 400:
        return HttpResponseRedirect(held.location)
    return HttpResponse(status=held.status, headers={"HX-Redirect": held.location})


class OnceMixin:
    """For API views: a POST with an ``Idempotency-Key`` (a UUID) is done once; within 24 hours it is answered again."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and (given := request.headers.get(HEADER)):
            if (key := as_uuid(given)) is None:
                raise ValidationError({HEADER: ["The key must be a UUID."]})
            self.post = partial(self._once, key, self.post)

    @transaction.atomic
    def _once(self, key: UUID, handler: Callable[..., Response], request: Request, *args: Any, **kw: Any) -> Response:
        content = digest(request.data)
        held, fresh = take(by=request.user, key=key, door=request.path, content=content)
        if not fresh:
            return self._again(held, content, request, *args, **kw)
        response = handler(request, *args, **kw)
        if response.status_code < 300:
            keep(held, status=response.status_code, location=response.get("Location", ""), body=plain(response.data))
        else:
            held.delete()
        return response

    def _again(self, held: OnceKey, content: str, request: Request, *args: Any, **kw: Any) -> Response:
        """Give the first answer again; what it said of somebody's row only to those who may still read it there.

        An address of a row that can be read proves it by reading; one that only acts says again that it was done.
        """
        if (held.door, held.digest) != (request.path, content):
            raise KeyUsedBefore
        reads = getattr(self, "get", None)
        if kw and reads:
            with transaction.atomic():
                reads(request, *args, **kw)
                transaction.set_rollback(True)  # nobody has looked: there is no line in the view log
        headers = {REPLAYED: "true"} | ({"Location": held.location} if held.location else {})
        return Response(held.body if reads or not kw else None, status=held.status, headers=headers)


def take(*, by: User, key: UUID, door: str, content: str) -> tuple[OnceKey, bool]:
    """Return the row of this key and whether this request is the first; wait for one that is being answered."""
    own = OnceKey.objects.filter(user=by, key=key)  # not a door: the acting person's own keys
    own.filter(created_at__lt=Now() - ONCE_KEYS_KEPT).delete()
    try:
        return own.get_or_create(defaults={"user": by, "key": key, "door": door, "digest": content})
    except OperationalError as waited_too_long:
        message = "This was already sent and is still being saved. Wait a moment, then look whether it is there."
        raise SentTwice(message) from waited_too_long


def keep(held: OnceKey, *, status: int, location: str, body: Any = None) -> None:
    """Note the first answer, to be given again."""
    held.status, held.location, held.body = status, location, body
    held.save(update_fields=["status", "location", "body"])


def as_uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def plain(content: Any) -> Any:
    """Return an answer's content as JSON has it."""
    return json.loads(json.dumps(content, cls=JSONEncoder))


def digest(*parts: Any) -> str:
    """Return a fingerprint of what was sent, uploaded files included, the keys themselves not."""
    content = [_fields(part) if isinstance(part, MultiValueDict) else part for part in parts]
    return hashlib.sha256(json.dumps(content, default=_as_json, sort_keys=True).encode()).hexdigest()


def _fields(sent: MultiValueDict) -> dict[str, list]:
    return {name: values for name, values in sent.lists() if name not in NOT_CONTENT}


def _as_json(value: Any) -> str:
    if not isinstance(value, UploadedFile):
        return str(value)
    found = hashlib.sha256()
    for chunk in value.chunks():
        found.update(chunk)
    value.seek(0)
    return found.hexdigest()
