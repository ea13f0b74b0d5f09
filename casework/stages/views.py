"""Writing down a step up or down, its acknowledgement, and that a held case goes on."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from casework.stages import services
from casework.stages.forms import AcknowledgeForm, GoOnForm, StepForm
from casework.stages.models import CareStep
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.work.once import once_only

BAD_REQUEST = 400


def family_or_refuse(user: User, uid: UUID) -> Family:
    rows = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, uid=uid)
    if not services.may_step(family, user):
        raise PermissionDenied
    return family


def step_or_refuse(user: User, uid: UUID, *, to_go_on: bool = False) -> CareStep:
    rows = CareStep.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: CareStep = get_or_refuse(rows, user, uid=uid)
    may = services.may_go_on if to_go_on else services.may_step
    if not may(found.family.shown, user):
        raise PermissionDenied
    return found


@require_http_methods(["GET", "POST"])
@once_only
def step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask which way, to whom, why, and what becomes of our case."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    form = StepForm(sent(request), initial={"happened_on": today()})
    if form.is_valid():
        made = did(form, lambda: services.step_case(family, by=user, on=today(), **form.told))
        if made:
            messages.success(request, f"{made}. It is kept with the case.")
            return redirect("casework:case", uid=family.uid)
    log_view(request, "Step up or down", family=family)
    return ask(request, "step", form, family)


@require_http_methods(["GET", "POST"])
@once_only
def acknowledge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who acknowledged it."""
    user = signed_in(request)
    found = step_or_refuse(user, uid)
    form = AcknowledgeForm(sent(request), initial={"acknowledged_on": today()})
    if form.is_valid() and did(
        form, lambda: services.acknowledge_step(found, by=user, on=today(), **form.cleaned_data)
    ):
        messages.success(request, "It is kept that they acknowledged it.")
        return redirect("casework:case", uid=found.family.shown.uid)
    log_view(request, "Step up or down", family=found.family)
    return ask(request, "acknowledge", form, found.family.shown, step=found)


@require_http_methods(["GET", "POST"])
@once_only
def go_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go on with a case that was held."""
    user = signed_in(request)
    found = step_or_refuse(user, uid, to_go_on=True)
    form = GoOnForm(sent(request))
    if form.is_valid() and did(form, lambda: services.go_on(found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, "The case goes on.")
        return redirect("casework:case", uid=found.family.shown.uid)
    log_view(request, "Step up or down", family=found.family)
    return ask(request, "go_on", form, found.family.shown, step=found)


def ask(request: HttpRequest, page: str, form: forms.Form, family: Family, **more: Any) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/stages/{page}.html", {"form": form, "family": family, **more}, status=status)
