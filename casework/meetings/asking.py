"""Asking business support for a meeting."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from casework.meetings.doors import family_or_refuse, wanted_or_refuse
from casework.meetings.forms import AskForm
from casework.meetings.views import page
from casework.meetings.wanting import ask_for_meeting, drop_wanted
from slf.access.doors import log_view, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import DomainError
from slf.web.forms import did, sent
from slf.work.once import once_only


@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask business support to plan a meeting."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = AskForm(sent(request))
    asks = partial(ask_for_meeting, family, by=user, on=today())
    if form.is_valid() and did(form, lambda: asks(**form.cleaned_data)):
        messages.success(request, "Business support is asked. The meeting stands here as soon as it is planned.")
        return redirect("casework:meetings", uid=family.uid)
    log_view(request, "Ask for a meeting", family=family)
    return page(request, "ask", form, {"family": family})


@require_POST
@once_only
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a meeting that was asked for is not needed any more."""
    user = signed_in(request)
    found = wanted_or_refuse(user, uid)
    try:
        drop_wanted(found, by=user, on=today())
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "The meeting is not asked for any more.")
    return redirect("casework:meetings", uid=found.family.shown.uid)
