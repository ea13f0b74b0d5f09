"""The pages of rules: read by everybody who works here, changed by two people and a document."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from performance.pbr.rules import Row
from performance.rulebook import services
from performance.rulebook.forms import RuleForm, SeveralForm
from performance.rulebook.models import RuleProposal, SchemeRow, SchemeVersion
from performance.rulebook.reading import schemes_in_use, version_in_use
from performance.rulebook.shown import history_of, parts_of, shown, to_be_confirmed
from slf.access.doors import log_view, requires, staff_only
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.web.errors import DomainError
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

PROPOSED = "Your proposal is kept. It counts once a second person has confirmed it."
CONFIRMED = "Confirmed. Claims prepared from now on are judged by it, and the auditors are told."
RULES = "Rules of payment by results"


@staff_only
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """List the schemes: which days each is for, which version counts, and how much of it is to be confirmed."""
    log_view(request, RULES)
    rows = []
    for version in schemes_in_use():
        scheme = version.as_scheme
        rows.append((version, len(scheme.rows), len(to_be_confirmed(scheme))))
    waiting = list(RuleProposal.objects.waiting().for_list())  # not a door: a rule is of no family
    return render(request, "performance/rulebook/schemes.html", {"schemes": rows, "waiting": waiting})


def found_version(scheme: str) -> SchemeVersion:
    try:
        return version_in_use(scheme)
    except LookupError as missing:
        raise Http404 from missing


def found_row(version: SchemeVersion, rule: str) -> Row:
    row: Row | None = version.as_scheme.rows.get(rule)
    if row is None:
        raise Http404
    return row


def may(request: HttpRequest, can: Can) -> bool:
    return rights_of(request.user).may(can)


def waiting_for(scheme: str) -> RuleProposal | None:
    return RuleProposal.objects.waiting().filter(scheme=scheme).for_list().first()  # not a door: of no family


@staff_only
@require_safe
def rules_of(request: HttpRequest, key: str) -> HttpResponse:
    """Show every rule of a scheme with its grade and source, or those to be confirmed."""
    version = found_version(key)
    log_view(request, RULES)
    return render(request, "performance/rulebook/scheme.html", of_scheme(request, version))


def of_scheme(request: HttpRequest, version: SchemeVersion, **more: object) -> dict[str, object]:
    scheme, open_only = version.as_scheme, request.GET.get("show") == "open"
    waits = waiting_for(version.scheme)
    versions = SchemeVersion.objects.filter(scheme=version.scheme)  # not a door: a rule is of no family
    context = {
        "version": version,
        "parts": parts_of(scheme, open_only=open_only),
        "open_only": open_only,
        "open": len(to_be_confirmed(scheme)),
        "versions": versions.select_related("made_by__proposed_by", "made_by__confirmed_by").order_by("-number"),
        "waits": waits,
        "may_propose": may(request, Can.PREPARE_CLAIM),
        "may_confirm": may(request, Can.SIGN_CLAIM) and waits is not None and waits.proposed_by_id != request.user.pk,
        "may_take_back": may(request, Can.PREPARE_CLAIM) or may(request, Can.SIGN_CLAIM),
    }
    return context | more


@staff_only
@require_safe
def rule(request: HttpRequest, key: str, rule: str) -> HttpResponse:
    """Show one rule: what it asks and is now, what it rests on, and what it was before."""
    version = found_version(key)
    row = found_row(version, rule)
    log_view(request, RULES)
    own = Prefetch("rows", SchemeRow.objects.filter(rule=rule))
    versions = SchemeVersion.objects.filter(scheme=key).prefetch_related(own)  # not a door: of no family
    told = versions.select_related("made_by__proposed_by", "made_by__confirmed_by").order_by("number")
    waits = waiting_for(key)
    context = {
        "version": version,
        "now": shown(row),
        "history": history_of(rule, told),
        "waits": waits,
        "may_propose": may(request, Can.PREPARE_CLAIM) and waits is None,
    }
    return render(request, "performance/rulebook/rule.html", context)


@requires(Can.PREPARE_CLAIM)
@require_http_methods(["GET", "POST"])
@once_only
def propose(request: HttpRequest, key: str, rule: str) -> HttpResponse:
    """Propose another value of a rule, or that it is confirmed as it stands."""
    version = found_version(key)
    row = found_row(version, rule)
    log_view(request, RULES)
    form = RuleForm(sent(request), row=row)
    if form.is_valid() and proposed(request, form, key, [form.change]):
        return redirect("performance:rules_of", key=key)
    return render(request, "performance/rulebook/propose.html", {"version": version, "now": shown(row), "form": form})


@requires(Can.PREPARE_CLAIM)
@require_http_methods(["GET", "POST"])
@once_only
def several(request: HttpRequest, key: str) -> HttpResponse:
    """Propose that one document confirms several rules as they stand."""
    version = found_version(key)
    rows = to_be_confirmed(version.as_scheme)
    log_view(request, RULES)
    words = {row.id: f" ({'; '.join(shown(row).lines)})" if shown(row).lines else "" for row in rows}
    form = SeveralForm(sent(request), rows=rows, words=words)
    if form.is_valid() and proposed(request, form, key, form.changes):
        return redirect("performance:rules_of", key=key)
    return render(request, "performance/rulebook/several.html", {"version": version, "rows": rows, "form": form})


def proposed(request: HttpRequest, form: Any, scheme: str, changes: list[dict[str, Any]]) -> bool:
    """Keep a proposal; where that is refused, the reason stands above the form."""
    said = {name: form.cleaned_data[name] for name in ("document", "reason")}
    with refusals_in(form):
        services.propose(scheme, changes, by=request.user, **said)
        messages.success(request, PROPOSED)
        return True
    return False


@requires(Can.SIGN_CLAIM)
@require_POST
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm what somebody else proposed."""
    return settle(request, uid, services.confirm, done=CONFIRMED)


@require_POST
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a proposal that nobody confirmed."""
    if not (may(request, Can.PREPARE_CLAIM) or may(request, Can.SIGN_CLAIM)):
        raise PermissionDenied
    return settle(request, uid, services.take_back, done="Taken back. It never counted.")


def settle(request: HttpRequest, uid: UUID, verb: Any, *, done: str) -> HttpResponse:
    proposal = get_object_or_404(RuleProposal.objects.all(), uid=uid)  # not a door: a rule is of no family
    try:
        verb(proposal, by=request.user)
    except DomainError as refusal:
        context = of_scheme(request, found_version(proposal.scheme), refusal=refusal.message)
        return render(request, "performance/rulebook/scheme.html", context, status=refusal.status)
    messages.success(request, done)
    return redirect("performance:rules_of", key=proposal.scheme)
