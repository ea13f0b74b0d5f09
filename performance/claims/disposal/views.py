"""Disposal of evidence: which runs' day has come, what goes and what stays; proposed by one, confirmed by another."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from performance.claims.disposal import rules, services
from performance.claims.disposal.forms import ConfirmForm, KeepForm, ProposeForm
from performance.claims.disposal.models import Disposal
from performance.claims.models import ClaimRun, Judged
from performance.claims.office import in_office
from performance.claims.settings import KEPT
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.accounts.reauth import recent_sign_in_required
from slf.policy.models import setting_on
from slf.web.forms import did
from slf.work.once import once_only

LAST = 100
"""How many decisions the page lists."""


def of_office(request: HttpRequest, uid: UUID, *, can: Can = Can.READ) -> ClaimRun:
    """Return a run for somebody of the claims office: who reviews a locality has no part in this."""
    run: ClaimRun = get_or_refuse(ClaimRun.objects.for_list(), request.user, can=can, uid=uid)
    if not in_office(signed_in(request)):
        raise PermissionDenied
    return run


def listed(user: User) -> list[tuple[ClaimRun, services.Days]]:
    """Return the runs whose money is settled with their days, the first due first."""
    days = services.days_of_runs()
    runs = {run.pk: run for run in ClaimRun.objects.visible_to(user).filter(pk__in=days).for_list()}
    return [(runs[pk], each) for pk, each in days.items() if pk in runs]


@require_safe
def disposals(request: HttpRequest) -> HttpResponse:
    """List the runs whose day has come, what waits for a second person, and what was decided."""
    user = signed_in(request)
    if not in_office(user):
        raise PermissionDenied
    rows = listed(user)
    told = Disposal.objects.visible_to(user).for_list()
    waiting = list(told.waiting())
    proposed = {each.run_id for each in waiting}
    log_view(request, "Disposal of evidence")
    context = {
        "due": [(run, days) for run, days in rows if days.is_due and run.pk not in proposed],
        "later": [(run, days) for run, days in rows if not days.is_due],
        "waiting": waiting,
        "decided": told.exclude(state=rules.Standing.PROPOSED)[:LAST],
        "kept": setting_on(KEPT),
    }
    return render(request, "performance/claims/disposal/list.html", context)


@require_safe
def disposal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show of one run what would go and what stays, and take somebody's word."""
    return page(request, of_office(request, uid))


def page(request: HttpRequest, run: ClaimRun, bound: forms.Form | None = None) -> HttpResponse:
    user = signed_in(request)
    days = services.days_of_runs().get(run.pk)
    told = list(Disposal.objects.visible_to(user).filter(run=run).for_list())
    now = told[0] if told and told[0].state != rules.Standing.KEPT else None
    waits = now if now and now.state == rules.Standing.PROPOSED else None
    offered: dict[str, forms.Form | None] = {
        "propose": ProposeForm() if days and days.is_due and not now and may_propose(user) else None,
        "confirm": ConfirmForm() if waits and services.may_confirm(user) and waits.proposed_by_id != user.pk else None,
        "keep": KeepForm() if waits and services.may_decide(user) else None,
    }
    for name, form in offered.items():
        if bound is not None and form is not None and type(bound) is type(form):
            offered[name] = bound
    log_view(request, f"Disposal of evidence: {run}")
    counts = Judged.objects.counted_for(user).filter(run=run).aggregate(families=Count("pk"))
    context = {"run": run, "days": days, "told": told, "now": now, "goes": rules.GOES, "stays": rules.STAYS,
               "kept": setting_on(KEPT), "not_closed": rules.NOT_CLOSED, "bound": bound}  # fmt: skip
    return render(request, "performance/claims/disposal/run.html", context | counts | offered)


def may_propose(user: User) -> bool:
    return rights_of(user).may(Can.PREPARE_CLAIM)


@require_http_methods(["GET", "POST"])
@once_only
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Propose that the evidence of a run goes."""
    run = of_office(request, uid, can=Can.PREPARE_CLAIM)
    form, user = ProposeForm(request.POST or None), signed_in(request)
    if form.is_valid() and did(form, lambda: services.propose(run, reason=form.cleaned_data["reason"], by=user)):
        messages.success(request, "Proposed. An auditor or the head of service confirms it.")
        return redirect("performance:disposal", run.uid)
    return page(request, run, form)


def waiting_of(request: HttpRequest, run: ClaimRun) -> Disposal:
    """Return the proposal of a run that waits; without one there is nothing here."""
    found = Disposal.objects.visible_to(request.user).filter(run=run).waiting().for_list().first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@once_only
def keep(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the evidence for now."""
    run, user = of_office(request, uid), signed_in(request)
    if not services.may_decide(user):
        raise PermissionDenied
    found, form = waiting_of(request, run), KeepForm(request.POST or None)
    if form.is_valid() and did(form, lambda: services.keep(found, reason=form.cleaned_data["reason"], by=user)):
        messages.success(request, "It is kept for now, with your reason.")
        return redirect("performance:disposal", run.uid)
    return page(request, run, form)


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Dispose of the evidence for good, as the second person."""
    run, user = of_office(request, uid), signed_in(request)
    if not services.may_confirm(user):
        raise PermissionDenied
    found, form = waiting_of(request, run), ConfirmForm(request.POST or None)
    if form.is_valid() and did(form, lambda: services.dispose(found, by=user)):
        messages.success(request, "The evidence of this claim is disposed of.")
        return redirect("performance:disposal", run.uid)
    return page(request, run, form)
