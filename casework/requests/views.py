"""Requests to services for a family: what is open and what was, and each step of one."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.around.doors import family_or_refuse
from casework.requests import services
from casework.requests.forms import AskForm, EndForm, NotMetForm, OfferForm, StartForm, WithdrawForm
from casework.requests.models import ServiceRequest
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import OnceForm, did, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400


def request_or_refuse(user: User, uid: UUID) -> ServiceRequest:
    rows = ServiceRequest.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: ServiceRequest = get_or_refuse(rows, user, can=Can.WORK_FAMILY, uid=uid)
    return found


@require_safe
def requests(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what services were asked for the family."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Requests to services", family=family)
    rows = list(ServiceRequest.objects.visible_to(user).filter(family=family).for_page())
    shown = [(row, row.waited(today())) for row in rows]
    context = {
        "family": family,
        "open": [pair for pair in shown if pair[0].is_open],
        "closed": [pair for pair in shown if not pair[0].is_open],
        "may_work": may_work_with(family, user),
    }
    return render(request, "casework/requests/requests.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down that a service was asked."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = AskForm(sent(request), initial={"asked_on": today()}, family=family, user=user)
    if form.is_valid() and did(form, lambda: services.ask_service(family, by=user, on=today(), **form.told)):
        messages.success(request, "The request is kept. Its wait is counted from the day it was asked for.")
        return redirect("casework:requests", uid=family.uid)
    log_view(request, "Ask a service", family=family)
    shown = {
        "offered": form.fields["service"].queryset,
        "known": services.known_here(family, person=None, by=user, on=today()),
    }
    return page(request, "ask", form, {"family": family, **shown})


def step(
    request: HttpRequest, uid: UUID, name: str, form_of: type[OnceForm], verb: Callable[..., ServiceRequest], said: str
) -> HttpResponse:
    """Ask for one step of a request, and take it."""
    user = signed_in(request)
    found = request_or_refuse(user, uid)
    if over := settled(request, reverse("casework:requests", args=[found.family.shown.uid]), unless=found.is_open):
        return over
    days = dict.fromkeys(("offered_on", "started_on", "closed_on"), today())
    form = form_of(sent(request), initial=days)
    if form.is_valid() and did(form, lambda: verb(found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, said)
        return redirect("casework:requests", uid=found.family.shown.uid)
    log_view(request, "A request to a service", family=found.family)
    return page(request, name, form, {"family": found.family.shown, "asked": found})


def door(name: str, form_of: type[OnceForm], verb: Callable[..., ServiceRequest], said: str) -> Callable[..., Any]:
    taken = partial(step, name=name, form_of=form_of, verb=verb, said=said)

    @require_http_methods(["GET", "POST"])
    @once_only
    def view(request: HttpRequest, uid: UUID) -> HttpResponse:
        return taken(request, uid)

    return view


offer = door("offer", OfferForm, services.offer, "It is offered.")
start = door("start", StartForm, services.start, "It started. The wait is over.")
end = door("end", EndForm, services.end, "How it ended is kept.")
not_met = door("not_met", NotMetForm, services.not_met, "It is kept as not met, and counted for commissioning.")
withdraw = door("withdraw", WithdrawForm, services.withdraw, "It is not asked for any more.")


def page(request: HttpRequest, name: str, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/requests/{name}.html", shown | {"form": form}, status=status)
