"""The provider's list, the page of one family, and one form for each step."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.provider import services
from casework.provider.counted import ROWS
from casework.provider.doors import family_or_refuse, may, provision_or_refuse, refuse_unless_of_the_provider
from casework.provider.evidence import begin_and_attach
from casework.provider.forms import AnswerForm, BeginForm, ContactForm, EndForm, SendForm, StopForm
from casework.provider.models import Provision
from casework.provider.sharing import stop_sharing
from casework.provider.shown import shown_of, with_us
from families.people.models import Family
from slf.access.doors import log_view, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.typed import keeps
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400


@require_safe
def provider(request: HttpRequest) -> HttpResponse:
    """Show the provider's worker who is with them, and what is due for each."""
    user = signed_in(request)
    refuse_unless_of_the_provider(user)
    rows = with_us(user, on=today())
    log_view(request, "With the provider", families={row.provision.family_id for row in rows})
    return render(request, "casework/provider/provider.html", {"rows": rows, "on": today()})


@require_safe
def provision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who of the family is or was with the provider, with its contacts."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Work and training", family=family)
    return render(request, "casework/provider/provision.html", standing(family, user))


def standing(family: Family, user: User) -> dict[str, Any]:
    shared = services.is_shared(family)
    may_share = may(family, user, Can.SHARE_FAMILY)
    return {
        "family": family,
        "rows": shown_of(family, user=user),
        "is_shared": shared,
        "may_send": (shared or may_share) and may(family, user, Can.SEND_TO_PROVIDER),
        "may_stop": shared and may_share,
        "may_provide": may(family, user, Can.PROVIDE),
        "counting": ROWS,
    }


@require_http_methods(["GET", "POST"])
@once_only
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send one adult of a family that is shared to the provider."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.SEND_TO_PROVIDER)
    form = SendForm(sent(request), initial={"sent_on": today()}, family=family, user=user)
    if form.is_valid() and (
        made := did(form, lambda: services.send_to_provider(family, by=user, on=today(), **form.told))
    ):
        messages.success(request, f"{made.person} is sent. The provider says whether it takes them on.")
        return redirect("casework:provision", uid=family.uid)
    log_view(request, "Send to the provider", family=family)
    shared, may_share = services.is_shared(family), may(family, user, Can.SHARE_FAMILY)
    return page(request, "send", form, {"family": family, "is_shared": shared, "may_share": may_share})


def step(request: HttpRequest, uid: UUID, *, name: str, what: str, form_of: Any, verb: Any, open_if: str, done: str):
    """Ask and take one step of the provider: the form, the verb, and what is said when it is done."""
    user = signed_in(request)
    found = provision_or_refuse(user, uid, can=Can.PROVIDE)
    if over := settled(request, found, unless=getattr(found, open_if)):
        return over
    form = form_of(sent(request))
    if form.is_valid() and did(form, partial(verb, found, form, user)):
        messages.success(request, done)
        return redirect(found)
    log_view(request, what, family=found.family)
    return page(request, name, form, {"family": found.family.shown, "provision": found})


@require_http_methods(["GET", "POST"])
@once_only
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say whether the provider takes somebody on."""
    return step(
        request, uid, name="answer", what="Answer of the provider", open_if="waits", verb=answered,
        form_of=partial(AnswerForm, initial={"answered_on": today()}), done="Your answer is kept. The team reads it.",
    )  # fmt: skip


def answered(found: Provision, form: AnswerForm, by: User) -> Provision:
    if form.is_yes:
        return services.take_on(found, answered_on=form.cleaned_data["answered_on"], by=by, on=today())
    return services.turn_down(found, by=by, on=today(), **form.refused)


@require_http_methods(["GET", "POST"])
@once_only
def begin(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down that the provision began."""
    return step(
        request, uid, name="begin", what="The provision began", open_if="is_taken_on",
        verb=lambda found, form, by: begin_and_attach(found, by=by, on=today(), **form.cleaned_data),
        form_of=partial(BeginForm, initial={"begun_on": today()}), done="It is kept that it began.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@once_only
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down that the provider's work with somebody ended."""
    return step(
        request, uid, name="end", what="The provision ended", open_if="is_with_them",
        verb=lambda found, form, by: services.end_provision(found, by=by, on=today(), **form.cleaned_data),
        form_of=partial(EndForm, initial={"ended_on": today()}), done="It is kept that it ended.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@once_only
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End that a family is shared with the provider: what it wrote stays."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.SHARE_FAMILY)
    form = StopForm(sent(request))
    if form.is_valid() and did(form, lambda: stop_sharing(family, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, "The provider does not see this family any more. What it wrote stays here.")
        return redirect("casework:provision", uid=family.uid)
    log_view(request, "Stop sharing with the provider", family=family)
    return page(request, "stop", form, {"family": family})


@require_http_methods(["GET", "POST"])
@once_only
@keeps("esf_contact")
def contact(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down one contact; what is typed is kept as a draft."""
    user = signed_in(request)
    found = provision_or_refuse(user, uid, can=Can.PROVIDE)
    if not request.note.draft and (over := settled(request, found, unless=found.is_with_them)):
        return over
    form = ContactForm(sent(request), initial={"happened_on": today()})
    if form.is_valid() and did(form, lambda: services.record_contact(found, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, "The contact is kept.")
        return redirect(found)
    log_view(request, "Contact of the provider", family=found.family)
    shown = {"family": found.family.shown, "provision": found, "note": request.note}
    return page(request, "contact", form, shown)


def page(request: HttpRequest, name: str, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if form.errors else 200
    return render(request, f"casework/provider/{name}.html", shown | {"form": form}, status=status)
