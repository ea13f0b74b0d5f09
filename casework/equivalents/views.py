"""Decisions on progress of a family: what there is, a proposal, the decision on it, taking it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.equivalents import services
from casework.equivalents.forms import DecisionForm, EquivalentForm
from casework.equivalents.models import EquivalentProgress
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400


def family_or_refuse(user: User, uid: UUID, *, can: Can | None = None) -> Family:
    family: Family = get_or_refuse(Family.objects.open_to(user).select_related("scope__locality"), user, uid=uid)
    is_partner = family.scope_id in rights_of(user).as_partner
    if is_partner or (can is not None and not services.may(can, family, user)):
        raise PermissionDenied
    return family


def equivalent_or_refuse(user: User, uid: UUID, *, can: Can) -> EquivalentProgress:
    rows = EquivalentProgress.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: EquivalentProgress = get_or_refuse(rows, user, uid=uid)
    if not services.may(can, found.family.shown, user):
        raise PermissionDenied
    return found


@require_safe
def equivalents(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was proposed and decided of a family's progress."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Decisions on progress", family=family)
    context = {
        "family": family,
        "rows": EquivalentProgress.objects.visible_to(user).filter(family=family).for_page(),
        "may_propose": services.may(Can.WORK_FAMILY, family, user),
        "may_decide": services.may(Can.SIGN_ASSESSMENT, family, user),
        "me": user,
    }
    return render(request, "casework/equivalents/equivalents.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for which need, why it counts as equal, and what was reached."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = EquivalentForm(sent(request), needs=services.needs_of(family, by=user))
    if form.is_valid():
        made = did(form, lambda: services.propose_equivalent(family, by=user, on=today(), **form.told))
        if made:
            messages.success(request, "It waits for a decision by whoever signs off assessments.")
            return redirect("casework:equivalents", uid=family.uid)
    log_view(request, "Decisions on progress", family=family)
    return ask(request, "propose", form, family)


@require_http_methods(["GET", "POST"])
@once_only
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Approve it or refuse it, in one's own name."""
    user = signed_in(request)
    found = equivalent_or_refuse(user, uid, can=Can.SIGN_ASSESSMENT)
    if over := settled(request, found, unless=found.waits):
        return over
    form = DecisionForm(sent(request))
    if form.is_valid():
        made = did(form, lambda: services.decide_equivalent(found, by=user, on=today(), **form.cleaned_data))
        if made:
            messages.success(request, f"{made.get_state_display()}. It is kept with your name and post.")
            return redirect("casework:equivalents", uid=found.family.shown.uid)
    log_view(request, "Decisions on progress", family=found.family)
    return ask(request, "decide", form, found.family.shown, found=found)


@require_POST
@once_only
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a proposal."""
    user = signed_in(request)
    found = equivalent_or_refuse(user, uid, can=Can.WORK_FAMILY)
    services.withdraw_equivalent(found, by=user, on=today())
    log_view(request, "Decisions on progress", family=found.family)
    messages.success(request, "The proposal is withdrawn.")
    return redirect("casework:equivalents", uid=found.family.shown.uid)


def ask(request: HttpRequest, page: str, form: forms.Form, family: Family, **more: Any) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    context = {"form": form, "family": family, **more}
    return render(request, f"casework/equivalents/{page}.html", context, status=status)
