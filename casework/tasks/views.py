"""The tasks of a family, one task with its steps, and the forms of each verb. One's own are in ``casework.to_do``."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.tasks import services
from casework.tasks.about import About, about_of, link_of
from casework.tasks.forms import DoneForm, DropForm, HandOnForm, PutOffForm, SetForm
from casework.tasks.models import Task, TaskStep
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.web.words import day_in_words
from slf.work.once import as_uuid, once_only

BAD_REQUEST = 400
A_PAGE = 50
SETS = (Can.WORK_FAMILY, Can.REVIEW_FAMILY)


def family_or_refuse(user: User, uid: UUID, *, to_set: bool = False) -> Family:
    rows = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, uid=uid)
    if to_set and not services.may_set(family, user):
        raise PermissionDenied
    return family


def task_or_refuse(user: User, uid: UUID, *, to_change: bool = False) -> Task:
    rows = Task.objects.for_list().filter(family__in=Family.objects.open_to(user))
    found: Task = get_or_refuse(rows, user, uid=uid)
    if to_change and not services.may_change(found, user):
        raise PermissionDenied
    return found


def need_to_set_some(user: User) -> None:
    if not any(rights_of(user).may(can) for can in SETS):
        raise PermissionDenied


# Lists -------------------------------------------------------------------------------------------------------------


@require_safe
def of_family(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the tasks of a family: to do, then settled."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Tasks", family=family)
    rows = Task.objects.visible_to(user).filter(family=family).for_list()
    settled = rows.settled().order_by("-settled_on", "-pk")
    shown = {
        "family": family,
        "open": list(rows.open().soonest_first()),
        "on_plan": list(rows.on_the_plan().soonest_first()),
        "page": Paginator(settled, A_PAGE).get_page(request.GET.get("page")),
        "may_set": services.may_set(family, user),
        "today": today(),
    }
    return render(request, "casework/tasks/of_family.html", shown)


@require_safe
def task(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one task, what it is about, and each step that was taken with it."""
    user = signed_in(request)
    found = task_or_refuse(user, uid)
    log_view(request, "A task", family=found.family)
    return render(request, "casework/tasks/task.html", one(found, user))


def one(found: Task, user: User) -> dict[str, Any]:
    family = found.family.shown
    return {
        "task": found,
        "family": family,
        "tag": found.tag_on(today()),
        "about": link_of(family, kind=found.about_kind, uid=found.about_uid, by=user),
        "steps": TaskStep.objects.visible_to(user).for_page().filter(task=found),
        "may_change": found.is_open and not found.on_plan and services.may_change(found, user),
    }


# Verbs -------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@once_only
def set_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what is to be done, by when and by whom; ``?about=`` says from which page."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, to_set=True)
    about = asked_about(request, family, user)
    people = services.colleagues(family)
    form = SetForm(sent(request), people=people, user=user, initial={"owner": str(user.uid)})
    if form.is_valid():
        made = did(form, lambda: services.set_task(family, by=user, on=today(), about=about, **form.told))
        if made:
            whose = "yours" if made.owner_id == user.pk else f"{made.owner}'s"
            messages.success(request, f"The task is set. It is {whose}, due on {day_in_words(made.due_on)}.")
            link = link_of(family, kind=made.about_kind, uid=made.about_uid, by=user)
            return redirect(link[1] if link else made)
    log_view(request, "Set a task", family=family)
    link = link_of(family, kind=about.kind, uid=about.uid, by=user) if about else None
    return ask(request, "set", form, {"family": family, "about": link})


def asked_about(request: HttpRequest, family: Family, user: User) -> About | None:
    return about_of(family, kind=request.GET.get("about", ""), uid=as_uuid(request.GET.get("record")), by=user)


@require_http_methods(["GET", "POST"])
@once_only
def finish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that it is done, and how it went."""
    return settle(request, uid, "done", DoneForm, services.finish_task, "Done. It is kept with the family's tasks.")


@require_http_methods(["GET", "POST"])
@once_only
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that it is not to be done any more, and why."""
    return settle(request, uid, "drop", DropForm, services.drop_task, "The task is dropped.")


@require_http_methods(["GET", "POST"])
@once_only
def put_off(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give it a later day, and say why."""
    return settle(request, uid, "put_off", PutOffForm, services.put_off_task, "The task is put off.")


@require_http_methods(["GET", "POST"])
@once_only
def hand_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give it to a colleague who sees the family."""
    user = signed_in(request)
    found = task_or_refuse(user, uid, to_change=True)
    if over := settled(request, found, unless=found.is_open):
        return over
    people = [person for person in services.colleagues(found.family.shown) if person.pk != found.owner_id]
    form = HandOnForm(sent(request), people=people, user=user)
    if form.is_valid():
        done = did(form, lambda: services.hand_on_task(found, by=user, on=today(), **form.told))
        if done:
            messages.success(request, f"The task is {done.owner}'s now.")
            return redirect(done)
    log_view(request, "Hand on a task", family=found.family)
    return ask(request, "hand_on", form, one(found, user))


def settle(
    request: HttpRequest, uid: UUID, page: str, form_class: type[forms.Form], verb: Callable[..., Task], said: str
) -> HttpResponse:
    user = signed_in(request)
    found = task_or_refuse(user, uid, to_change=True)
    if over := settled(request, found, unless=found.is_open):
        return over
    form = form_class(sent(request))
    if form.is_valid() and did(form, lambda: verb(found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, said)
        return redirect("casework:tasks_of_family", uid=found.family.shown.uid)
    log_view(request, "A task", family=found.family)
    return ask(request, page, form, one(found, user))


def ask(request: HttpRequest, page: str, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/tasks/{page}.html", context | {"form": form}, status=status)
