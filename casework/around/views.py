"""The team around a family: who is in it and was, somebody joins, leaves, is reached otherwise, leads."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.around import services
from casework.around.doors import family_or_refuse, member_or_refuse
from casework.around.forms import JoinForm, LeaveForm, ReachForm
from casework.around.models import TeamMember
from casework.around.rules import Kind
from families.people.models import Family
from families.sharing.services import agreement_in_force
from referrals.allocation.services import present_allocation
from slf.access.doors import log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.work.once import once_only

BAD_REQUEST = 400
JOINS = {
    Kind.COLLEAGUE: "Add a colleague",
    Kind.PROFESSIONAL: "Add somebody of another agency",
    Kind.SERVICE: "Add a service",
}


@require_safe
def around(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who is in the team around the family, and who was."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Team around the family", family=family)
    return render(request, "casework/around/around.html", standing(family, user))


def standing(family: Family, user: User) -> dict[str, Any]:
    rows = list(TeamMember.objects.visible_to(user).filter(family=family).for_page())
    present, given = [row for row in rows if row.is_present], present_allocation(family, on=today())
    worker = given.worker if given and given.worker_id not in {row.user_id for row in present} else None
    return {
        "family": family,
        "present": present,
        "left": [row for row in rows if not row.is_present],
        "worker": worker,
        "since": given.period.lower if given else None,
        "may_work": may_work_with(family, user),
        "agreed": agreement_in_force(family, on=today()),
    }


@require_http_methods(["GET", "POST"])
@once_only
def join(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Say that somebody, or a service, is in the team."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    if kind not in set(Kind):
        raise Http404
    form = JoinForm(sent(request), initial={"from_on": today()}, kind=Kind(kind), family=family, user=user)
    joins = partial(services.join_team, family, kind=kind, by=user, on=today())
    if form.is_valid() and (made := did(form, lambda: joins(**form.told))):
        messages.success(request, f"{made} is in the team.")
        return redirect("casework:around", uid=family.uid)
    log_view(request, "Join the team", family=family)
    return page(request, "join", form, {"family": family, "title": JOINS[Kind(kind)]})


@require_http_methods(["GET", "POST"])
@once_only
def reach(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct what somebody does and how they are reached."""
    user = signed_in(request)
    found = member_or_refuse(user, uid)
    known = {name: getattr(found, name) for name in ("part", "organisation", "phone", "email")}
    form = ReachForm(sent(request), initial=known, kind=found.kind)
    if form.is_valid() and did(form, partial(services.reach_otherwise, found, by=user, **form.told)):
        messages.success(request, f"What is known of {found} is kept.")
        return redirect("casework:around", uid=found.family.shown.uid)
    log_view(request, "Somebody of the team", family=found.family)
    return page(request, "reach", form, {"family": found.family.shown, "member": found})


@require_POST
@once_only
def lead(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who the lead worker is."""
    user = signed_in(request)
    found = member_or_refuse(user, uid)
    services.name_lead(found, by=user)
    messages.success(request, f"{found} is the lead worker.")
    return redirect("casework:around", uid=found.family.shown.uid)


@require_http_methods(["GET", "POST"])
@once_only
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that somebody is no longer in the team."""
    user = signed_in(request)
    found = member_or_refuse(user, uid)
    form = LeaveForm(sent(request), initial={"to_on": today()})
    if form.is_valid() and did(form, partial(services.leave_team, found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, f"{found} is no longer in the team.")
        return redirect("casework:around", uid=found.family.shown.uid)
    log_view(request, "Leave the team", family=found.family)
    return page(request, "leave", form, {"family": found.family.shown, "member": found})


def page(request: HttpRequest, name: str, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/around/{name}.html", shown | {"form": form}, status=status)
