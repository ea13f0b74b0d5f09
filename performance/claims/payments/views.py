"""Payment on its pages: a remittance entered, looked at line by line, confirmed; a line rejected or taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.office import reads_lines, reads_whole
from performance.claims.payments import services
from performance.claims.payments.forms import LetGoForm, RemittanceForm, ReverseForm
from performance.claims.payments.models import ClaimEntry, Remittance, RemittanceLine
from performance.claims.payments.rules import OUTCOMES
from performance.claims.payments.shown import COLUMNS, as_rows, shown_money
from performance.claims.rules import pounds
from performance.claims.views import whose
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.reauth import prove_it, recent_sign_in_required, signed_in_recently
from slf.clock import shown
from slf.paper.sheets import csv_response
from slf.web.forms import did
from slf.web.words import moment_in_words
from slf.work.once import once_only


@require_http_methods(["GET", "POST"])
@once_only
def enter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter a remittance."""
    user = signed_in(request)
    run = get_or_refuse(ClaimRun, user, can=Can.PREPARE_CLAIM, uid=uid)
    lines = services.lines_of_run(run)
    form = RemittanceForm(request.POST or None, request.FILES or None, owed=lines)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reference", "on", "amount", "rows")}
        if made := did(form, lambda: services.enter_remittance(run, **said, by=user)):
            return redirect(made)
    seen = Claim.objects.visible_to(user).filter(run=run).values_list("family_id", flat=True)
    log_view(request, f"To be paid: {run}", families=seen)
    money = shown_money(services.money_of(lines))
    return render(request, "performance/claims/enter_remittance.html", {"run": run, "form": form, "money": money})


@require_safe
@recent_sign_in_required
def as_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give what became of each line as a file: corrected, it says what the next remittance pays."""
    found = get_or_refuse(ClaimRun, request.user, uid=uid)
    if not reads_whole(signed_in(request)):
        raise PermissionDenied
    services.refuse_unsubmitted(found)
    seen = Claim.objects.visible_to(request.user).filter(run=found).values_list("family_id", flat=True)
    log_view(request, f"What became of each line: {found}", families=seen)
    rows = as_rows(services.lines_of_run(found))
    return csv_response(f"{found.scheme} claim {found.claim_on} payment", COLUMNS, rows)


@require_POST
@recent_sign_in_required
@once_only
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm a remittance as a second person."""
    found = get_or_refuse(Remittance.objects.for_list(), request.user, can=Can.CONFIRM_PAYMENT, uid=uid)
    services.confirm_remittance(found, by=signed_in(request))
    messages.success(request, "The remittance is confirmed. Its lines are paid.")
    return redirect(found.run)


@require_safe
def remittance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a remittance line by line, with what differs."""
    user = signed_in(request)
    found = get_or_refuse(Remittance.objects.for_list(), user, uid=uid)
    if not reads_whole(user):
        raise PermissionDenied
    lines = services.lines_of_remittance(found)
    seen = dict(RemittanceLine.objects.visible_to(user).filter(remittance=found).values_list("claim__uid", "family_id"))
    log_view(request, f"{found}: {found.run}", families=seen.values())
    may = rights_of(user).may
    context = {
        "remittance": found,
        "lines": [(line, line.claim in seen) for line in lines],
        "total": pounds(sum(line.amount for line in lines)),
        "told": [
            (name, f"{person}, {moment_in_words(shown(at))}") for name, person, at in who_and_when(found) if person
        ],
        "differences": services.differences(found, lines),
        "may_settle": may(Can.PREPARE_CLAIM),
        "may_confirm": found.is_waiting and may(Can.CONFIRM_PAYMENT) and found.entered_by_id != user.pk,
        "may_take_back": found.is_waiting and may(Can.PREPARE_CLAIM),
    }
    return render(request, "performance/claims/remittance.html", context)


def who_and_when(found: Remittance) -> list[tuple]:
    return [
        ("Entered by", found.entered_by, found.entered_at),
        ("Confirmed by", found.confirmed_by, found.confirmed_at),
        ("Taken back by", found.taken_back_by, found.taken_back_at),
    ]


@require_POST
@once_only
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back a remittance that nobody has confirmed."""
    found = get_or_refuse(Remittance.objects.for_list(), request.user, can=Can.PREPARE_CLAIM, uid=uid)
    services.take_back_remittance(found, by=signed_in(request))
    messages.success(request, "The remittance is taken back. Enter it again as it should be.")
    return redirect(found.run)


@require_http_methods(["GET", "POST"])
@once_only
def line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what became of one line, and let a data officer say that it is rejected or taken back."""
    user = signed_in(request)
    can = Can.PREPARE_CLAIM if request.method == "POST" else Can.READ
    seen = Claim.objects.visible_to(user).select_related("run", "judged")
    found = get_or_refuse(services.with_money(seen), user, can=can, uid=uid)
    if not reads_lines(user):
        raise PermissionDenied
    money, _ = services.money_of_claim(found)
    if request.method == "POST" and money.paid and not signed_in_recently(request):
        return prove_it(request)
    form = LetGoForm(request.POST or None, outstanding=bool(money.outstanding))
    if form.is_valid() and did(form, lambda: services.let_go_of_line(found, **form.cleaned_data, by=user)):
        messages.success(request, "It is entered.")
        return redirect("performance:claim_line", found.uid)
    log_view(request, f"Line of a claim: {found.run}", family=whose(found))
    return render(request, "performance/claims/line.html", standing(found, user) | {"form": form})


def standing(found: Claim, user) -> dict:
    """Return a line with its entries, its money, and what this person may do about it."""
    money, outcome = services.money_of_claim(found)
    may = rights_of(user).may(Can.PREPARE_CLAIM) and services.is_submitted(found.run)
    return {
        "claim": found,
        "entries": services.entries_of(found, by=user),
        "money": shown_money(money),
        "outcome": OUTCOMES[outcome],
        "may_let_go": may and (money.outstanding or money.paid),
        "may_reverse": may,
        "opens": Judged.objects.visible_to(user).with_evidence_for(user).filter(pk=found.judged_id).exists(),
    }


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def reverse(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Reverse one entry, with the reason."""
    user = signed_in(request)
    rows = ClaimEntry.objects.select_related("claim__run", "claim__judged", "entered_by", "remittance")
    found = get_or_refuse(rows, user, can=Can.PREPARE_CLAIM, uid=uid)
    form = ReverseForm(request.POST or None)
    if form.is_valid() and did(form, lambda: services.reverse_entry(found, **form.cleaned_data, by=user)):
        messages.success(request, "The entry is reversed.")
        return redirect("performance:claim_line", found.claim.uid)
    log_view(request, f"Entry of a claim: {found.claim.run}", family=whose(found))
    return render(request, "performance/claims/reverse_entry.html", {"entry": found, "form": form})
