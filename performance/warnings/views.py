"""The warnings of a run in one list, by check: several signed off at once with one reason, and one taken back."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from performance.claims.models import ClaimRun
from performance.claims.whole_run import warnings_left
from performance.warnings import services
from performance.warnings.forms import SignOffForm, TakeBackForm
from performance.warnings.models import LineWarning, RunWarning
from performance.warnings.rules import is_open
from slf.access.doors import get_or_refuse, log_view
from slf.accounts.models import User
from slf.web.forms import did
from slf.work.once import once_only

AT_ONCE = 100
"""How many that wait a page shows; the others follow once these are signed off."""


@require_http_methods(["GET", "POST"])
@once_only
def warnings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what warned, and take the sign-off of what was ticked."""
    run = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    mine = waiting(run, request.user)
    form = SignOffForm(request.POST or None, groups=by_check(mine)) if mine else None
    if form and form.is_valid():
        said = form.cleaned_data["reason"]
        if did(form, lambda: services.sign_off(run, form.chosen, reason=said, by=request.user)):
            messages.success(request, "Signed off, with your name and the reason.")
            return redirect("performance:warnings", uid=run.uid)
    page = Paginator(told_of(run, request.user), AT_ONCE).get_page(request.GET.get("page"))
    log_view(request, f"Warnings: {run}", families=[each.family_id for each in page if hasattr(each, "family_id")])
    left = warnings_left(run)
    context = {
        "run": run, "form": form, "page": page, "left": left, "left_to_others": left - len(mine),
        "may_take_back": mine_of(page, run, request.user),
    }  # fmt: skip
    return render(request, "performance/warnings/warnings.html", context)


def waiting(run: ClaimRun, user: User) -> list[Any]:
    """Return what waits for this person's sign-off, in the order of the checks."""
    if not is_open(run.state) or run.prepared_by_id == user.pk:
        return []
    rows = (services.wide_for(run, user).for_list(), services.lines_for(run, user).for_list())
    found = [each for some in rows for each in some.unsigned()[:AT_ONCE]]
    return sorted(found, key=attrgetter("check_number"))


def mine_of(page: Iterable[Any], run: ClaimRun, user: User) -> set[UUID]:
    """Return which of these warnings this person may take the sign-off of back."""
    if not is_open(run.state) or run.prepared_by_id == user.pk:
        return set()
    signed = [each.uid for each in page if each.last_signed]
    rows = (services.wide_for(run, user), services.lines_for(run, user))
    return {uid for some in rows for uid in some.filter(uid__in=signed).values_list("uid", flat=True)}


def by_check(rows: list[Any]) -> dict[int, list[Any]]:
    return {number: list(some) for number, some in groupby(rows, key=attrgetter("check_number"))}


def told_of(run: ClaimRun, user: User) -> list[Any]:
    """Return every warning that this person sees, with the last word on each and whose it is."""
    wide = RunWarning.objects.visible_to(user).filter(run=run).for_list()
    found = [*wide, *LineWarning.objects.visible_to(user).filter(run=run).for_list()]
    names = {each.pk: each for each in User.objects.filter(pk__in={each.last_by for each in found})}
    for each in found:
        each.who = names.get(each.last_by)
    return sorted(found, key=attrgetter("check_number"))


@require_http_methods(["GET", "POST"])
@once_only
def take_back(request: HttpRequest, uid: UUID, warning: UUID) -> HttpResponse:
    """Take back that a warning was signed off."""
    run = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    rows = (*services.lines_for(run, request.user).for_list().filter(uid=warning),
            *services.wide_for(run, request.user).for_list().filter(uid=warning))  # fmt: skip
    if not rows or not rows[0].last_signed:
        raise Http404
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data["reason"]
        if did(form, lambda: services.take_back(run, [warning], reason=said, by=request.user)):
            messages.success(request, "Taken back. It has to be signed off again before the run is signed.")
            return redirect("performance:warnings", uid=run.uid)
    log_view(request, f"Warning: {run}", families=[row.family_id for row in rows if hasattr(row, "family_id")])
    return render(request, "performance/warnings/take_back.html", {"run": run, "warning": rows[0], "form": form})
