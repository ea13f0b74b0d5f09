"""The pages of lines whose families were closed to named people since they were claimed for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from performance.claims.models import ClaimRun
from performance.claims.payments import behind
from performance.claims.payments.forms import BehindForm
from performance.claims.payments.rules import OUTCOMES
from performance.claims.payments.shown import shown_money
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.web.forms import did
from slf.work.once import once_only


@require_safe
def lines(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the lines of a run whose families are closed to the data office."""
    user = signed_in(request)
    run = get_or_refuse(ClaimRun, user, can=Can.PREPARE_CLAIM, uid=uid)
    found = behind.lines_behind(run, by=user)
    log_view(request, f"Lines of families closed to named people: {run}")
    rows = [(line, shown_money(line.money), OUTCOMES[line.outcome]) for line in found]
    return render(request, "performance/claims/behind/lines.html", {"run": run, "rows": rows})


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def line(request: HttpRequest, uid: UUID, line_uid: UUID) -> HttpResponse:
    """Show what became of one of them, and let a data officer say what becomes of it."""
    user = signed_in(request)
    run = get_or_refuse(ClaimRun, user, can=Can.PREPARE_CLAIM, uid=uid)
    found = behind.line_behind(run, line_uid, by=user)
    entries = behind.entries_behind(found)
    form = BehindForm(request.POST or None, choices=behind.may_become(found, entries))
    if form.is_valid() and did(form, lambda: done(found, form, user)):
        messages.success(request, "It is entered.")
        return redirect("performance:line_behind", run.uid, found.uid)
    log_view(request, f"Line of a family closed to named people: {run}, {found.owed.reference}")
    context = {"run": run, "line": found, "entries": entries, "form": form, "money": shown_money(found.money),
               "outcome": OUTCOMES[found.outcome]}  # fmt: skip
    return render(request, "performance/claims/behind/line.html", context)


def done(found: behind.LineOfRun, form: BehindForm, user) -> bool:
    behind.settle_behind(found, what=form.cleaned_data["what"], reason=form.cleaned_data["reason"], by=user)
    return True
