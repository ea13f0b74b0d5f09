"""Copies of the chronology for one person: the list, asking, reading and deciding, the paper, and that it was given."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.copies import services
from casework.copies.forms import AskCopyForm, ReleaseCopyForm, SendBackCopyForm
from casework.copies.models import ChronologyCopy
from families.people.models import Family, Membership
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.paper.pdf import pdf_response
from slf.web.errors import DomainError
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    """Return the family; to a partner it is shared with there are no copies."""
    rows = Family.objects.open_to(user).exclude(scope__in=rights_of(user).as_partner)
    family: Family = get_or_refuse(rows.select_related("scope__locality"), user, can=can, uid=uid)
    return family


def copy_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> ChronologyCopy:
    rows = ChronologyCopy.objects.for_page().filter(family__in=Family.objects.open_to(user))
    found: ChronologyCopy = get_or_refuse(rows, user, can=can, uid=uid)
    return found


@require_safe
def copies(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show which copies wait, are to be given, were given or were sent back."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    rows = ChronologyCopy.objects.visible_to(user).filter(family=family).for_page()
    log_view(request, "Copies of the chronology", family=family)
    shown = {"family": family, "copies": rows, "may_work": may_work_with(family, user)}
    return render(request, "casework/copies/copies.html", shown)


@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a copy for one person of the family."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    members = Membership.objects.visible_to(user).filter(family=family).select_related("person__merged_into")
    asked = {name: request.GET.get(of, "") for name, of in (("person", "reader"), ("kind", "kind"))}
    form = AskCopyForm(sent(request), members=members.in_order(), initial=asked)
    if form.is_valid():
        verb = partial(services.ask_for_copy, family, form.person_asked, form.wanted, by=user, on=today())
        if made := did(form, verb):
            messages.success(request, f"The copy for {made.person} waits for a senior.")
            return redirect("casework:chronology_copies", uid=family.uid)
    log_view(request, "Ask for a copy of the chronology", family=family)
    return show(request, "ask", form, family=family)


@require_safe
def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one copy: what would be in it and what is left out, or what was kept of it."""
    user = signed_in(request)
    found = copy_or_refuse(user, uid)
    log_view(request, f"{found}", family=found.family)
    return render(request, "casework/copies/copy.html", standing(found, user))


def standing(found: ChronologyCopy, user: User) -> dict[str, Any]:
    """Return a copy as the page shows it, and what this person may do about it."""
    family = found.family.shown
    reading = services.read_copy(found, by=user, on=today()) if found.is_waiting else None
    decides = rights_of(user).may(Can.DECIDE_SHARING, found.scope_id) and found.asked_by_id != user.pk
    return {
        "copy": found,
        "family": family,
        "reading": reading,
        "days": found.content["days"] if found.is_kept else [],
        "may_release": decides and found.is_waiting,
        "may_send_back": decides and found.is_living,
        "may_give": found.is_released and may_work_with(family, user),
        "form": ReleaseCopyForm(initial={"seen": reading.tag}) if reading else None,
    }


@require_POST
@once_only
def release(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Release a copy as it was read."""
    user = signed_in(request)
    found = copy_or_refuse(user, uid, can=Can.DECIDE_SHARING)
    verb = partial(services.release_copy, found, seen=request.POST.get("seen", ""), by=user, on=today())
    return done(request, found, verb, "It is released. Its words are kept as you read them.")


@require_http_methods(["GET", "POST"])
@once_only
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send an asking back with the reason."""
    user = signed_in(request)
    found = copy_or_refuse(user, uid, can=Can.DECIDE_SHARING)
    if over := settled(request, found, unless=found.is_living):
        return over
    form = SendBackCopyForm(sent(request))
    if form.is_valid():
        verb = partial(services.send_copy_back, found, answer=form.cleaned_data["answer"], by=user, on=today())
        if did(form, verb):
            messages.success(request, f"The copy for {found.person} is sent back.")
            return redirect(found)
    log_view(request, "Send back a copy of the chronology", family=found.family)
    return show(request, "send_back", form, family=found.family.shown, copy=found)


@require_POST
@once_only
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down that it was given."""
    user = signed_in(request)
    found = copy_or_refuse(user, uid, can=Can.WORK_FAMILY)
    verb = partial(services.give_copy, found, by=user, on=today())
    return done(request, found, verb, "It is written down that it was given.")


@require_safe
def document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the paper as it was released."""
    user = signed_in(request)
    found = copy_or_refuse(user, uid)
    if not found.is_kept:
        raise Http404
    services.insist_on_its_marks(found, by=user)
    log_view(request, f"{found}, printed", family=found.family)
    return pdf_response(f"chronology {found.family.reference}", "casework/chronology/chronology.typ", found.content)


# Parts of the pages above


def done(request: HttpRequest, found: ChronologyCopy, verb: Any, said: str) -> HttpResponse:
    try:
        verb()
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
    log_view(request, f"{found}", family=found.family)
    return redirect(found)


def show(request: HttpRequest, page: str, form: forms.Form, **more: Any) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/copies/{page}.html", {"form": form, **more}, status=status)
