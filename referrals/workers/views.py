"""When a worker works and when they are away: said by themselves and by those who allocate to them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.workers import services
from referrals.workers.forms import LeaveForm, PatternForm
from referrals.workers.models import Leave, WorkPattern
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotAllowed
from slf.web.forms import sent
from slf.work.once import once_only


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Lead a worker to their own days."""
    return redirect("referrals:worker", find(request, request.user.uid).uid)


@require_safe
def worker(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show when somebody works, what they speak, and when they are away."""
    found = find(request, uid)
    leave = Leave.objects.filter(worker=found).not_over(on=today())
    shown = {"worker": found, "pattern": services.pattern_of(found), "leave": leave, "own": found == request.user}
    return render(request, "referrals/workers/worker.html", shown)


@require_http_methods(["GET", "POST"])
@once_only
def pattern(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change when somebody works."""
    found = find(request, uid)
    form = PatternForm(sent(request), initial=as_it_is(services.pattern_of(found)))
    if form.is_valid():
        services.set_pattern(found, form.pattern, by=request.user)
        messages.success(request, "The working days are saved.")
        return redirect("referrals:worker", uid)
    return render(request, "referrals/workers/pattern.html", {"worker": found, "form": form})


@require_http_methods(["GET", "POST"])
@once_only
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that somebody is away."""
    found = find(request, uid)
    form = LeaveForm(sent(request))
    if form.is_valid():
        try:
            added = services.add_leave(found, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("first", refusal.message.rstrip("."))
        else:
            messages.success(request, f"{found} is away {added.in_words}.")
            return redirect("referrals:worker", uid)
    return render(request, "referrals/workers/leave.html", {"worker": found, "form": form})


@require_POST
@once_only
def cancel(request: HttpRequest, uid: UUID, leave_uid: UUID) -> HttpResponse:
    """Say that somebody is not away after all."""
    found = find(request, uid)
    services.cancel_leave(leave_uid, found, by=request.user)
    messages.success(request, "These days are taken back.")
    return redirect("referrals:worker", uid)


def find(request: HttpRequest, uid: UUID) -> User:
    """Return a worker whose days the reader may say; all others are the same 404."""
    try:
        return services.find_worker(uid, by=request.user)
    except User.DoesNotExist as missing:
        raise Http404 from missing


def as_it_is(row: WorkPattern) -> dict[str, object]:
    return {"days": row.days, "evenings": row.evenings, "languages": row.languages, "district": row.district}
