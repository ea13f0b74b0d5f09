"""One planned visit and what may become of it; planning a new one."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.diary import services
from casework.diary.forms import CancelForm, NoAccessForm, PlanForm, WhenForm
from casework.diary.models import PlannedVisit
from families.people.models import Family
from referrals.allocation.services import present_allocation
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.services import start_draft
from slf.web.forms import did, sent
from slf.work.once import once_only

BAD_REQUEST = 400


def planned_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> PlannedVisit:
    rows = PlannedVisit.objects.for_list().filter(family__in=Family.objects.open_to(user))
    found: PlannedVisit = get_or_refuse(rows, user, can=can, uid=uid)
    return found


@require_safe
def planned(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show when and how a visit is to be, and what may be done about it."""
    user = signed_in(request)
    found = planned_or_refuse(user, uid)
    log_view(request, "A planned visit", family=found.family)
    return render(request, "casework/diary/planned.html", shown(found, user))


def shown(found: PlannedVisit, user: User) -> dict[str, Any]:
    family = found.family.shown
    present = present_allocation(family, on=today())
    return {
        "planned": found,
        "family": family,
        "goes": found.worker or (present.worker if present else None),
        "may": found.is_open and may_work_with(family, user),
        "may_record": found.is_open and rights_of(user).may(Can.ADD_CONTACT, family.scope_id),
        "begun": found.due_on <= today(),
    }


@require_http_methods(["GET", "POST"])
@once_only
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask when and how; plan one visit or a series."""
    user = signed_in(request)
    family = get_or_refuse(Family.objects.open_to(user), user, can=Can.WORK_FAMILY, uid=uid)
    present = present_allocation(family, on=today())
    its_worker = str(present.worker) if present and present.worker_id != user.pk else ""
    form = PlanForm(sent(request), its_worker=its_worker)
    if form.is_valid():
        made = did(
            form,
            lambda: services.plan_visit(
                family, form.plan, by=user, on=today(), worker=user if form.i_go else None, **form.again
            ),
        )
        if made:
            messages.success(request, told(made))
            return redirect("casework:visits", uid=family.uid)
    log_view(request, "Plan a visit", family=family)
    return ask(request, "plan", form, {"family": family})


@require_POST
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start or carry on the note about a visit that was planned: the form knows what was planned."""
    user = signed_in(request)
    found = planned_or_refuse(user, uid, can=Can.ADD_CONTACT)
    draft = start_draft("visit", by=user, family=found.family.shown)
    return redirect(f"{draft.get_absolute_url()}?{urlencode({'planned': found.uid})}")


@require_http_methods(["GET", "POST"])
@once_only
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give one visit another day, time or place."""
    user = signed_in(request)
    found = planned_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = WhenForm(sent(request), initial=vars(found.plan))
    if form.is_valid() and (done := did(form, lambda: services.move_visit(found, form.plan, by=user, on=today()))):
        messages.success(request, f"The visit is planned for {done.when} now.")
        return redirect(done)
    log_view(request, "Move a planned visit", family=found.family)
    return ask(request, "move", form, shown(found, user))


@require_http_methods(["GET", "POST"])
@once_only
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cancel one visit, or it and the rest of its series."""
    user = signed_in(request)
    found = planned_or_refuse(user, uid, can=Can.WORK_FAMILY)
    later = PlannedVisit.objects.visible_to(user).open().filter(series=found.series, due_on__gte=found.due_on)
    rest = later.exclude(pk=found.pk).count() if found.series else 0
    form = CancelForm(sent(request), planned=found, rest=rest)
    if form.is_valid():
        done = did(form, lambda: services.cancel_visit(found, by=user, on=today(), **form.told))
        if done:
            number = len(done)
            messages.success(request, "The visit is cancelled." if number == 1 else f"{number} visits are cancelled.")
            return redirect("casework:visits", uid=found.family.shown.uid)
    log_view(request, "Cancel a planned visit", family=found.family)
    return ask(request, "cancel", form, shown(found, user))


@require_http_methods(["GET", "POST"])
@once_only
def no_access(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that somebody went and met nobody."""
    user = signed_in(request)
    found = planned_or_refuse(user, uid, can=Can.WORK_FAMILY)
    form = NoAccessForm(sent(request))
    if form.is_valid() and did(form, lambda: services.note_no_access(found, by=user, on=today(), **form.told)):
        messages.success(request, "It is noted that you met nobody. Plan another visit when you know when.")
        return redirect("casework:visits", uid=found.family.shown.uid)
    log_view(request, "No access at a visit", family=found.family)
    return ask(request, "no_access", form, shown(found, user))


# Parts of the pages above


def ask(request: HttpRequest, page: str, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/diary/{page}.html", context | {"form": form}, status=status)


def told(made: list[PlannedVisit]) -> str:
    first = made[0]
    if len(made) == 1:
        return f"{first.get_kind_display()} planned for {first.when}."
    return f"{len(made)} visits are planned, the first for {first.when}, the last for {made[-1].when}."
