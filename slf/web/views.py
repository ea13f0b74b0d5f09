"""The parts page, the two health addresses, and the pages for errors."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from slf.celery import app
from slf.web import catalogue
from slf.web.api import NOT_FOUND, problem_response
from slf.web.context import nobody

BROKER_SECONDS = 2
ANSWERS, SILENT = "answers", "does not answer"


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every part with the lines that make it; ``?state=errors`` shows the form gone wrong."""
    form = catalogue.example_form(wrong=request.GET.get("state") == "errors")
    return render(
        request, "slf/web/components.html", {"sections": catalogue.sections(request, form=form), "form": form}
    )


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process is up. It asks nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the database and the broker answer; 503 takes this process out of the pool."""
    found = {"database": state_of(ask_database), "broker": state_of(ask_broker)}
    ready = all(state == ANSWERS for state in found.values())
    return JsonResponse(found, status=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)


def state_of(ask: Callable[[], None]) -> str:
    try:
        ask()
    except (DatabaseError, OperationalError, OSError):
        return SILENT
    return ANSWERS


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")


def ask_broker() -> None:
    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, HTTPStatus.BAD_REQUEST, "That request could not be read.")


def not_your_job(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, HTTPStatus.FORBIDDEN, "Your post does not include this.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same bytes for what is missing and what is somebody else's: nothing of the request is in it."""
    return error_answer(request, HTTPStatus.NOT_FOUND, NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    return error_answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. It has been recorded.")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(render_to_string("errors/csrf.html", nobody()), status=HTTPStatus.FORBIDDEN)


def error_answer(request: HttpRequest, status: HTTPStatus, detail: str) -> HttpResponse:
    """Answer a program with a problem and a person with a page that asks nothing of the database."""
    if request.path.startswith("/api/"):
        return problem_response(status, detail)
    return HttpResponse(render_to_string(f"errors/{status.value}.html", nobody()), status=status)
