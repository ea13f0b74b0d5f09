"""Showing what was left out with a reason, ending that, and the list of what waits for a review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.overriding.forms import OverrideForm
from families.overriding.models import Override
from families.overriding.services import (
    can_be_shown,
    colleagues_of,
    end_override,
    overrides_of,
    review_override,
    show_all_the_same,
    to_review,
)
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, requires, signed_in
from slf.access.rules import Can, RecordClass
from slf.web.errors import NotAllowed
from slf.work.once import once_only

BAD_REQUEST = 400


@require_http_methods(["GET", "POST"])
@once_only
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what is shown to whom, for what and why, and show it until the end of the day."""
    family, user = to_decide(request, uid), signed_in(request)
    log_view(request, "Show what was left out", family=family)
    left, people = can_be_shown(family, by=user), colleagues_of(family)
    form = OverrideForm(request.POST or None, left=left, people=people)
    if form.is_valid():
        try:
            row = show_all_the_same(family, **form.said, by=user)
        except NotAllowed as refusal:
            form.add_error("what", refusal.message)
        else:
            messages.success(request, f"{row.shown_to} sees it until the end of the day. The manager is told.")
            return redirect("families:evidence", uid=family.uid)
    context = {
        "family": family,
        "form": form,
        "left": left,
        "rows": overrides_of(family, user=user),
        "may_decide": True,
    }
    return render(request, "families/overriding/show.html", context, status=BAD_REQUEST if form.errors else 200)


@require_POST
@once_only
def end(request: HttpRequest, uid: UUID, override: UUID) -> HttpResponse:
    """End one now."""
    family = to_decide(request, uid)
    rows = Override.objects.filter(family=family)
    row = get_or_refuse(rows, request.user, can=Can.DECIDE_SHARING, uid=override)
    ended_before = row.ended_by_id is not None
    end_override(row, by=signed_in(request))
    messages.success(request, "You had ended this already." if ended_before else "It is left out again.")
    return redirect("families:evidence", uid=family.uid)


@requires(Can.REVIEW_ACCESS)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what was shown all the same and waits for somebody else to look at why."""
    rows = list(to_review(signed_in(request)))
    log_view(request, "Shown all the same, to review", families=[row.family_id for row in rows])
    return render(request, "families/overriding/waiting.html", {"rows": rows})


@require_POST
@once_only
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record that somebody else looked at it."""
    row = get_or_refuse(Override, request.user, can=Can.REVIEW_ACCESS, uid=uid)
    log_view(request, "Shown all the same, reviewed", family=row.family)
    review_override(row, by=signed_in(request))
    messages.success(request, "Your review is recorded.")
    return redirect("families:overrides")


def to_decide(request: HttpRequest, uid: UUID) -> Family:
    families = Family.objects.open_to(signed_in(request), record_class=RecordClass.EVIDENCE).select_related("scope")
    return get_or_refuse(families, request.user, can=Can.DECIDE_SHARING, uid=uid)
