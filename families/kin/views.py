"""The genogram with what it is drawn from, and the questions that change that."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.households.forms import DayForm
from families.kin import forms, services
from families.kin.genogram import genogram as drawn
from families.kin.models import Relationship, Responsibility
from families.kin.page import lines_of, responsibilities_of
from families.kin.told import begun, told_of
from families.people.models import Family
from families.people.services import ever_in
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

BAD_REQUEST = 400


def family_or_refuse(request: HttpRequest, uid: UUID, *, can: Can = Can.CHANGE_HOUSEHOLD) -> Family:
    return get_or_refuse(Family.objects.open_to(request.user), request.user, can=can, uid=uid)


def relationship_or_refuse(request: HttpRequest, uid: UUID) -> Relationship:
    rows = Relationship.objects.select_related("family", "person__merged_into", "other__merged_into")
    return get_or_refuse(rows, request.user, can=Can.CHANGE_HOUSEHOLD, uid=uid)


@require_safe
def genogram(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the family drawn as it is today, or was on the day asked for, and the same in words."""
    family = family_or_refuse(request, uid, can=Can.READ)
    day = DayForm.day_of(request.GET)
    log_view(request, "Genogram", family=family)
    may_change = Family.objects.visible_to(request.user, can=Can.CHANGE_HOUSEHOLD).filter(pk=family.pk).exists()
    context = {
        "family": family, "day": day, "is_today": day == today(), "may_change": may_change,
        "genogram": drawn(family, user=request.user, on=day), "lines": lines_of(family, user=request.user),
        "responsibilities": responsibilities_of(family, user=request.user),
        "told": told_of(family, user=request.user),
    }  # fmt: skip
    return render(request, "families/kin/genogram.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def relate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what somebody is to somebody else."""
    family = family_or_refuse(request, uid)
    form = forms.RelateForm(sent(request), known=ever_in(family, by=request.user))
    act = done(lambda said: services.relate(family, by=request.user, **said), "Written down. {0}.")
    return ask(request, form, family, act, heading="How are two people related?", beside="relative")


@require_http_methods(["GET", "POST"])
@once_only
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what is right of two people."""
    row = relationship_or_refuse(request, uid)
    form = forms.CorrectForm(sent(request), relationship=row)
    act = done(lambda said: services.correct_relationship(row, by=request.user, **said), "Put right. {0}.")
    return ask(request, form, row.family, act, heading=f"Correct: {row}", beside="take_back", relationship=row)


@require_http_methods(["GET", "POST"])
@once_only
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask since when two people are no longer what they were."""
    row = relationship_or_refuse(request, uid)
    form = forms.EndForm(sent(request))
    act = done(lambda said: services.end_relationship(row, by=request.user, **said), "That has ended. {0}.")
    return ask(request, form, row.family, act, heading=f"No longer: {row}")


@require_POST
@once_only
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take away a relationship that never was."""
    row = relationship_or_refuse(request, uid)
    services.take_back(row, by=request.user)
    messages.success(request, f"Taken away, because it never was. {row}.")
    return redirect("families:genogram", row.family.uid)


@require_http_methods(["GET", "POST"])
@once_only
def state_responsibility(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask who has parental responsibility for a child; with ``?told=`` begun with what was told of somebody."""
    family = family_or_refuse(request, uid)
    told = begun(family, request.GET.get("told", ""), user=request.user)
    child = request.GET.get("child", "")
    form = forms.ResponsibilityForm(sent(request), known=ever_in(family, by=request.user), told=told, child=child)
    act = done(lambda said: services.state_responsibility(family, by=request.user, **said), "Written down. {0}.")
    return ask(request, form, family, act, heading="Who has parental responsibility?", told=told)


@require_http_methods(["GET", "POST"])
@once_only
def end_responsibility(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask since when somebody's standing towards a child has ended."""
    rows = Responsibility.objects.select_related("family", "child", "holder")
    row = get_or_refuse(rows, request.user, can=Can.CHANGE_HOUSEHOLD, uid=uid)
    form = forms.EndForm(sent(request))
    act = done(lambda said: services.end_responsibility(row, by=request.user, **said), "That has ended. {0}.")
    return ask(request, form, row.family, act, heading=f"No longer: {row}")


# Parts of the pages above


def done(verb: Callable[[dict[str, Any]], Any], message: str) -> Callable[[dict[str, Any]], str]:
    """Return what does the act and says in a sentence what was done."""
    return lambda said: message.format(verb(said))


def ask(
    request: HttpRequest, form: Any, family: Family, act: Callable[[dict[str, Any]], str], *, heading: str, **more: Any
) -> HttpResponse:
    """Show a question; answered, do what was said. A refusal stands above the form, and what was typed stays."""
    if form.is_valid():
        with refusals_in(form):
            messages.success(request, act(form.said()))
            return redirect("families:genogram", family.uid)
    log_view(request, heading, family=family)
    context = {
        "form": form,
        "family": family,
        "heading": heading,
        "beside": "",
        "relationship": None,
        "told": None,
        **more,
    }
    status = BAD_REQUEST if form.errors else 200
    return render(request, "families/kin/form.html", context, status=status)
