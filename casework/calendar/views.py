"""One's own calendar address, and what is given at it to a calendar that is not signed in."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.calendar import services
from slf.access.acting import acting_as
from slf.access.doors import requires, signed_in
from slf.access.rules import Can
from slf.clock import today

APP, LIMIT = "allauth.account", "calendar"
TOO_MANY = 429


@requires(Can.WORK_FAMILY)
@never_cache
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Say whether there is an address; make one and show it, this once."""
    user, address = signed_in(request), ""
    if request.method == "POST":
        address = full_address(request, services.make_address(by=user))
    context = {"address": address, "known": services.address_of(user)}
    return render(request, "casework/calendar/calendar.html", context)


def full_address(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("casework:calendar_feed", args=[secret]))


@requires(Can.WORK_FAMILY)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take the address back: a calendar that still asks gets nothing."""
    services.revoke_address(by=signed_in(request))
    messages.success(request, "Your calendar address is taken back. A calendar that still asks gets nothing.")
    return redirect("casework:calendar")


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give one's visits to a calendar, without a name or a place. It shows no family, so no look is logged."""
    if not ratelimit.consume(request, app=APP, action=LIMIT, limit_get=True):
        return HttpResponse(status=TOO_MANY)
    owner = services.owner_of(secret)
    if owner is None:
        raise Http404
    with acting_as(owner):
        given = services.calendar_for(owner, on=today(), site=request.build_absolute_uri("/"))
    return HttpResponse(given, content_type="text/calendar; charset=utf-8")
