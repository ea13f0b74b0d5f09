"""One transaction round view and render, in the name of whoever asks; rolled back when the answer is a failure."""

from collections.abc import Callable

import pghistory
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from slf.access.acting import acting_as

FAILED = 500


class ActingMiddleware:
    """Wraps everything after authentication. ATOMIC_REQUESTS would end before a template response renders."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        with acting_as(user), transaction.atomic(), pghistory.context(user=user and user.pk, door=request.path):
            response = self.get_response(request)
            if response.status_code >= FAILED:
                transaction.set_rollback(True)
        return response
