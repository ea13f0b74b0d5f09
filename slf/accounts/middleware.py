"""Every request: is its person still here, are they signed in, and have they the second factor they need?"""

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from slf.accounts import sittings
from slf.accounts.adapters import SECOND_FACTORS
from slf.accounts.answers import second_factor_first, signed_out
from slf.accounts.rules import BEFORE_SECOND_FACTOR, counts_as_activity
from slf.accounts.services import by_directory_only

HAS_SECOND_FACTOR = "has_second_factor"


class IdleMiddleware:
    """Sign people out who have left, before anything is read in their name. Stands right behind authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.sitting = self._sitting(request) if request.user.is_authenticated else None
        request.idle = sittings.in_seconds(request.sitting) if request.sitting else {}
        response = self.get_response(request)
        if request.sitting and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)  # the next person's Back button
        return response

    def _sitting(self, request: HttpRequest) -> sittings.Sitting | None:
        sitting, now = sittings.current(request), time.time()
        if sitting.is_over(now):
            sittings.end(request)
            return None
        if counts_as_activity(request.headers) and sitting.should_note(now):
            return sittings.note_activity(request)
        return sitting


class SignInMiddleware(LoginRequiredMiddleware):
    """Nobody without signing in, and where it is required nobody without a second factor."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        return signed_out(request)

    def process_view(self, request, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return super().process_view(request, view_func, view_args, view_kwargs)
        if request.resolver_match.view_name in BEFORE_SECOND_FACTOR or has_second_factor(request):
            return None
        return second_factor_first(request)


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this person may go on; asked of the database until it is so, then remembered in the session.

    The council's directory asks for its own second factor, so that its people need none here.
    """
    if not settings.SLF_REQUIRE_MFA or request.session.get(HAS_SECOND_FACTOR):
        return True
    user = request.user
    held = is_mfa_enabled(user, SECOND_FACTORS) or by_directory_only(user)
    if held:
        request.session[HAS_SECOND_FACTOR] = True
    return held
