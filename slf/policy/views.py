"""The pages of settings: read by everybody who works here, kept by two people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slf.access.doors import log_view, requires, staff_only
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.policy import services
from slf.policy.forms import form_for
from slf.policy.models import SettingValue, setting_on, settings_on
from slf.policy.registry import SETTINGS, by_place
from slf.policy.rules import Setting
from slf.web.errors import DomainError
from slf.web.forms import refusals_in, sent
from slf.web.words import EXAMPLE
from slf.work.once import once_only

PROPOSED = "Your proposal is kept. It counts once a second person has confirmed it."


@staff_only
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """List the settings by where they act: what each is today, by what, since when."""
    log_view(request, "Settings")
    places = [(where, settings_on(some, on=today())) for where, some in by_place()]
    waiting = [row for row in SettingValue.objects.waiting().for_list() if row.setting]  # not a door: of no family
    return render(request, "slf/policy/settings.html", {"places": places, "waiting": waiting, "example": EXAMPLE})


def find(key: str) -> Setting[Any]:
    if key not in SETTINGS:
        raise Http404
    return SETTINGS[key]


def may_keep(request: HttpRequest) -> bool:
    return rights_of(request.user).may(Can.KEEP_SETTINGS)


@staff_only
@require_safe
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """Show one setting: what it is today, what waits, and every value it had or will have."""
    found = find(key)
    log_view(request, "A setting")
    return render(request, "slf/policy/setting.html", shown(request, found))


def shown(request: HttpRequest, found: Setting[Any], **more: object) -> dict[str, object]:
    rows = list(SettingValue.objects.filter(key=found.key).for_list())  # not a door: a setting is of no family
    now, waits = setting_on(found, on=today()), next((row for row in rows if row.is_waiting), None)
    context = {
        "setting": found,
        "now": now,
        "waits": waits,
        "values": [(row, state_of(row, now.row)) for row in rows if not row.is_waiting],
        "may_keep": may_keep(request),
        "may_confirm": may_keep(request) and waits is not None and waits.proposed_by_id != request.user.pk,
    }
    return context | more


def state_of(row: SettingValue, now: SettingValue | None) -> tuple[str, str]:
    if row.taken_back_by_id is not None:
        return "Taken back", "neutral"
    if row.starts_on > today():
        return "Not yet", "waiting"
    return ("In force", "good") if row == now else ("Over", "neutral")


@requires(Can.KEEP_SETTINGS)
@require_http_methods(["GET", "POST"])
@once_only
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Propose what a setting is to be; the value in force stays until a second person has confirmed it."""
    found = find(key)
    log_view(request, "A setting")
    form = form_for(found)(sent(request), setting=found, raw=setting_on(found).raw)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("starts_on", "document")}
        with refusals_in(form):
            services.propose(found, by=request.user, value=form.value, **said)
            messages.success(request, PROPOSED)
            return redirect("policy:setting", key=key)
    return render(request, "slf/policy/propose.html", {"setting": found, "form": form})


@requires(Can.KEEP_SETTINGS)
@require_POST
def confirm(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """Confirm a value that somebody else proposed."""
    return settle(request, key, uid, services.confirm, done="Confirmed: it counts from its first day.")


@requires(Can.KEEP_SETTINGS)
@require_POST
def take_back(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """Take back a proposal that nobody confirmed."""
    return settle(request, key, uid, services.take_back, done="Taken back. It never counted.")


def settle(request: HttpRequest, key: str, uid: UUID, verb: Any, *, done: str) -> HttpResponse:
    found = find(key)
    row = get_object_or_404(SettingValue.objects.filter(key=key), uid=uid)  # not a door: a setting is of no family
    try:
        verb(row, by=request.user)
    except DomainError as refusal:
        context = shown(request, found, refusal=refusal.message)
        return render(request, "slf/policy/setting.html", context, status=refusal.status)
    messages.success(request, done)
    return redirect("policy:setting", key=key)
