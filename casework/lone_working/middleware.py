"""The third who looks: with the clock and every worker silent, whatever page is asked for, a probe's too."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from casework.lone_working.rules import LOOKS_EVERY
from casework.lone_working.services import stand_in

log = logging.getLogger(__name__)


class StandInMiddleware:
    """Stands outermost: by then the page is answered and its transaction over. One small query now and then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response, self.looked = get_response, 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.STAND_IN_FOR_THE_CLOCK and time.monotonic() - self.looked > LOOKS_EVERY.total_seconds():
            self.looked = time.monotonic()
            self.look()
        return response

    def look(self) -> None:
        try:
            stand_in("web")
        except (DatabaseError, OSError):
            log.exception("Nobody could look who is late.")
