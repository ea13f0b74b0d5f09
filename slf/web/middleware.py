"""Health answered before anything else; a refusal by a rule made a page, and what the view had written undone."""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from slf.web.errors import DomainError
from slf.web.health import healthz, readyz

HEALTH = {"/healthz": healthz, "/readyz": readyz}
NUL = "\x00"
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class HealthMiddleware:
    """Stands first: whether the process is up must not hang on sessions, rights or an open transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HEALTH.get(request.path, self.get_response)(request)


class ReadableMiddleware:
    """Refuse an address with a NUL in it: nobody types one, and PostgreSQL takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in unquote(request.get_full_path()):
            raise BadRequest
        return self.get_response(request)


class DomainErrorMiddleware:
    """Answer a ``DomainError`` with its status and sentence.

    A view that writes stands behind a savepoint of its own, so that two services called by one view are
    undone together while the session and the view log, written further out, are kept. The API's views catch
    their own errors and say so by ``request.refused`` (``slf.web.api.problem``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.refused = False
        request.savepoint = None
        if request.method not in READING and transaction.get_connection().in_atomic_block:
            request.savepoint = transaction.savepoint()
        response = self.get_response(request)
        undo(request) if request.refused else keep(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        undo(request)
        return refusal(request, exception)


def undo(request: HttpRequest) -> None:
    """Go back to where the view began, also when a database error has broken the transaction."""
    if request.savepoint is not None:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(request.savepoint)
        request.savepoint = None


def keep(request: HttpRequest) -> None:
    if request.savepoint is not None and not transaction.get_rollback():
        transaction.savepoint_commit(request.savepoint)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the page that says what was refused and where to go on."""
    context = {"error": error, "missing": getattr(error, "missing", []), "back": back_to(request)}
    response = render(request, "errors/refused.html", context, status=error.status)
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = response["HX-Reselect"] = "#main-content"
        response["HX-Reswap"] = "outerHTML"
    return response


def back_to(request: HttpRequest) -> str:
    """Return the page the person came from on this site, else the page itself."""
    origin = f"{request.scheme}://{request.get_host()}"
    referer = request.headers.get("Referer", "")
    page = referer.removeprefix(origin) if referer.startswith(f"{origin}/") else ""
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else request.path
