"""Is the process up, and does what it stands on answer? For whatever watches over the service."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from slf.celery import app

BROKER_SECONDS = 2
ANSWERS, SILENT = "answers", "does not answer"


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
