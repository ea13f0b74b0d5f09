"""The trail of claims for internal audit: when it was last verified and what was found; and what happened to a run."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from performance.claims.models import ClaimRun
from performance.trail.models import TrailCheck, TrailEntry
from performance.trail.services import alarm, ask_to_verify, disposed_of, in_words
from performance.trail.shown import as_event, lines_of
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.work.once import once_only

CHECKS_SHOWN, ROWS_A_PAGE = 30, 50


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show the last verification, those before it, and each run with the number of its entries.

    Whoever keeps the service learns whether it holds, and nothing of any claim.
    """
    may = rights_of(request.user).may
    if not may(Can.AUDIT_CLAIM):
        if may(Can.MANAGE_POSTS):
            return render(request, "performance/trail/alarm.html", {"alarm": alarm()})
        raise PermissionDenied
    checks = list(TrailCheck.objects.visible_to(request.user).for_list()[:CHECKS_SHOWN])
    runs = ClaimRun.objects.visible_to(request.user).for_list().annotate(entries=last_number(request.user))
    log_view(request, "Trail of claims")
    context = {
        "last": checks[0] if checks else None,
        "faults": [in_words(fault) for fault in checks[0].found] if checks else [],
        "checks": checks,
        "disposed": disposed_of(),
        "page": Paginator(runs, ROWS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "performance/trail/trail.html", context)


def last_number(user: User) -> Coalesce:
    """Return how many entries a run has: they are numbered without a gap, so the last one says it."""
    entries = TrailEntry.objects.visible_to(user).filter(run=OuterRef("pk")).order_by("-number")
    return Coalesce(Subquery(entries.values("number")[:1]), 0)


@requires(Can.AUDIT_CLAIM)
@require_POST
@once_only
def verify(request: HttpRequest) -> HttpResponse:
    """Have the trail verified now, in the background."""
    job = ask_to_verify(by=request.user)
    messages.success(request, "The trail is being verified. What is found stands on its page.")
    return redirect(job)


@require_safe
def of_run(request: HttpRequest, uid) -> HttpResponse:
    """Show what happened to one run, step by step, and how many lines its trail holds."""
    run = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    entries = TrailEntry.objects.visible_to(request.user).filter(run=run)
    log_view(request, f"Trail: {run}")
    page = Paginator(entries.of_steps(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"run": run, "page": page, "events": [as_event(entry) for entry in page], "lines": lines_of(entries)}
    return render(request, "performance/trail/run.html", context)
