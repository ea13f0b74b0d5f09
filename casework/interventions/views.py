"""Help given to a family: what goes on and what ended, sessions, results."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.interventions import services
from casework.interventions.doors import family_or_refuse, help_or_refuse, session_or_refuse
from casework.interventions.forms import BeginForm, EndForm, SessionForm, StrikeForm
from casework.interventions.models import Help
from families.people.models import Family
from slf.access.doors import log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400


@require_safe
def given(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what help the family is given, and what it was given."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Help given", family=family)
    return render(request, "casework/interventions/given.html", standing(family, user))


def standing(family: Family, user: User) -> dict[str, Any]:
    rows = list(Help.objects.visible_to(user).filter(family=family).for_page())
    return {
        "family": family,
        "going": [row for row in rows if row.is_going],
        "ended": [row for row in rows if not row.is_going],
        "may_work": may_work_with(family, user),
        "on": today(),
    }


@require_http_methods(["GET", "POST"])
@once_only
def begin(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin a method of the catalogue with a family."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = BeginForm(sent(request), initial={"begun_on": today()}, family=family, user=user)
    if form.is_valid() and did(form, partial(services.begin_help, family, by=user, on=today(), **form.told)):
        messages.success(request, "It is begun. Write down each session, and how it ends.")
        return redirect("casework:help_given", uid=family.uid)
    log_view(request, "Begin help", family=family)
    return page(request, "begin", form, {"family": family})


@require_http_methods(["GET", "POST"])
@once_only
def session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down one session and who took part."""
    user = signed_in(request)
    found = help_or_refuse(user, uid, can=Can.WORK_FAMILY)
    family = found.family.shown
    form = SessionForm(sent(request), initial={"happened_on": today()}, family=family, user=user)
    if form.is_valid() and did(form, partial(services.deliver_session, found, by=user, on=today(), **form.told)):
        messages.success(request, f"The session of “{found.method}” is kept.")
        return redirect("casework:help_given", uid=family.uid)
    log_view(request, "A session of help", family=found.family)
    return page(request, "session", form, {"family": family, "help": found})


@require_http_methods(["GET", "POST"])
@once_only
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how help to a family ended."""
    user = signed_in(request)
    found = help_or_refuse(user, uid, can=Can.WORK_FAMILY)
    if over := settled(request, reverse("casework:help_given", args=[found.family.shown.uid]), unless=found.is_going):
        return over
    form = EndForm(sent(request), initial={"ended_on": today()})
    if form.is_valid() and did(form, partial(services.end_help, found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, f"“{found.method}” has ended.")
        return redirect("casework:help_given", uid=found.family.shown.uid)
    log_view(request, "End help", family=found.family)
    return page(request, "end", form, {"family": found.family.shown, "help": found})


@require_http_methods(["GET", "POST"])
@once_only
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Strike out a session that was written down by mistake."""
    user = signed_in(request)
    found = session_or_refuse(user, uid)
    form = StrikeForm(sent(request))
    if form.is_valid() and did(form, partial(services.strike_session, found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, "The session is struck out and counts no more.")
        return redirect("casework:help_given", uid=found.family.shown.uid)
    log_view(request, "Strike a session out", family=found.family)
    return page(request, "strike", form, {"family": found.family.shown, "session": found, "help": found.help})


def page(request: HttpRequest, name: str, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/interventions/{name}.html", shown | {"form": form}, status=status)
