"""Claim runs: prepare, look, judge again, take the file."""

import json
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.contesting.marks import contested_facts
from performance.audit.models import AuditTest
from performance.audit.shown import opinion_of
from performance.claims import rules, services
from performance.claims.checking import Places, checks_of, told_of_run
from performance.claims.differing import differences
from performance.claims.disposal.shown import done_of, judged_and_gone, whose
from performance.claims.forms import RunForm, WithdrawForm
from performance.claims.frozen import doubts_about_files, judge_again, whole_case
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.money import by_cohort, total_of
from performance.claims.offered import offers
from performance.claims.office import OFFICE, in_office, reads_lines, reads_whole
from performance.claims.payments import services as payments
from performance.claims.payments.models import Remittance
from performance.claims.payments.rules import OUTCOMES
from performance.claims.payments.shown import shown_money
from performance.claims.reviewing import localities_of, managed_by
from performance.claims.rules import Action
from performance.claims.shown import shown, steps_of
from performance.claims.submission import COLUMNS, SUBMITTABLE, submission_rows
from performance.claims.using import left_out_of_run
from performance.claims.whole_run import i_know_of, is_being_judged
from performance.pbr.rules import ENGINE
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.clock import today
from slf.paper.sheets import csv_response, xlsx_response
from slf.web.errors import NotAllowed
from slf.work.once import once_only

ROWS_A_PAGE = 50
PARTS = (*OFFICE, Can.REVIEW_CLAIM)
BUTTONS: dict[Action, Can] = {
    Action.DRAW_SAMPLE: Can.AUDIT_CLAIM,
    Action.PASS: Can.AUDIT_CLAIM,
    Action.SIGN: Can.SIGN_CLAIM,
    Action.CERTIFY: Can.CERTIFY_CLAIM,
    Action.SUBMIT: Can.PREPARE_CLAIM,
    Action.WITHDRAW: Can.PREPARE_CLAIM,
}


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """List the claim runs."""
    if not any(rights_of(request.user).may(can) for can in PARTS):
        raise PermissionDenied
    found = ClaimRun.objects.visible_to(request.user).for_list()
    log_view(request, "Claim runs")
    context = {"page": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")), "may": may_prepare(request),
               "office": in_office(request.user)}  # fmt: skip
    return render(request, "performance/claims/runs.html", context)


def may_prepare(request: HttpRequest) -> bool:
    return rights_of(request.user).may(Can.PREPARE_CLAIM)


@requires(Can.PREPARE_CLAIM)
@require_http_methods(["GET", "POST"])
@once_only
def new_run(request: HttpRequest) -> HttpResponse:
    """Prepare a run: rules are frozen now, families are judged in the background."""
    there = offers(by=request.user, on=today())
    first = next((each.scheme.version for each in reversed(there) if not each.why_not), "")
    form = RunForm(request.POST or None, initial={"scheme": first, "claim_on": today()}, offers=there)
    if form.is_valid():
        try:
            answers = form.cleaned_data
            run = services.prepare_run(answers["scheme"], claim_on=answers["claim_on"], by=request.user)
        except services.AlreadyThere as found:
            messages.info(request, found.message)
            return redirect(found.run)
        except NotAllowed as refusal:
            form.add_error("claim_on", refusal.message)
        else:
            return redirect(run)
    return render(request, "performance/claims/new_run.html", {"form": form})


@require_safe
def run(request: HttpRequest, uid) -> HttpResponse:
    """Show one run: how far it is, its figures, each family judged, and what the viewer may do next."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    judged = Judged.objects.counted_for(request.user).filter(run=found)
    answer = request.GET.get("answer", "")
    rows = evidence_for(request).filter(run=found).with_answer(answer).for_list()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, f"Run: {found}", families=[row.family_id for row in page])
    figures = totals(request, found)
    office = in_office(request.user)
    may_now = actions(request, found)
    if not all(test.result for test in figures["sample"]):
        may_now.discard("pass")
    if failed(figures["sample"]):
        may_now.discard("sign")
    testing = found.state == rules.State.SAMPLED and found.audited_by_id == request.user.pk
    localities = localities_of(found, by=request.user)
    numbers = answers(judged)
    context = {
        "run": found,
        "disposal": done_of(found, by=request.user),
        "page": page,
        "answer_name": dict(Judged.Eligible.choices).get(answer, ""),
        "answers": numbers,
        "unopened": sum(each[2] for each in numbers if answer in {"", each[0]}) - page.paginator.count,
        "cohort": by_cohort(found, eligible_by_day(judged)) if office else "",
        "actions": may_now,
        "doubts": doubts_about_files(found) if office else [],
        "left_out": left_out_of_run(found) if office else [],
        "office": office,
        "whole": reads_whole(request.user),
        "has_file": office and found.state in SUBMITTABLE,
        "checks": told_of_run(found, by=request.user) if office else [],
        "next": what_is_next(found, localities, figures["sample"]),
        "steps": steps_of(found, figures["sample"], localities),
        "localities": localities,
        "to_review": to_review(request, found, localities),
        "knows": i_know_of(found),
        "testing": testing,
        "to_test": next((test for test in figures["sample"] if not test.result), None) if testing else None,
    }
    return render(request, "performance/claims/run.html", context | figures | payment_of(request, found, context))


def payment_of(request: HttpRequest, found: ClaimRun, context: dict) -> dict:
    """Return what of a submitted run is paid and outstanding, by which remittances; nothing of one that was not."""
    if found.state not in rules.AFTER_SUBMISSION:
        return {}
    money, last = payments.money_in_sight(found, by=request.user)
    settled = found.state in {rules.State.PAID, rules.State.SETTLED}
    remittances = list(Remittance.objects.visible_to(request.user).filter(run=found).for_list())
    waits = any(each.is_waiting for each in remittances)
    return {
        "money": shown_money(money),
        "remittances": remittances,
        "behind": may_prepare(request),
        "next": payments.WAITS if waits else context["next"],
        "steps": steps_of(found, [], context["localities"], last if settled else None),
        "may_enter": may_prepare(request) and not settled,
    }


def what_is_next(found: ClaimRun, localities, sample) -> str:
    if failed(sample):
        return rules.SAMPLE_FAILED
    if found.state == rules.State.PREPARED and any(each.sent_back for each in localities):
        return rules.SENT_BACK
    return rules.NEXT[rules.State(found.state)]


def to_review(request: HttpRequest, found: ClaimRun, localities) -> list:
    """Return the localities of the run that this person gives their word for now."""
    if not rules.may(found.state, Action.REVIEW) or found.prepared_by_id == request.user.pk:
        return []
    own = {place.pk for place in managed_by(request.user)}
    return [each for each in localities if each.locality.pk in own]


def answers(judged) -> list[tuple[str, str, int]]:
    counts = dict(judged.order_by().values_list("answer").annotate(n=Count("pk")))
    return [(value, label, counts.get(value, 0)) for value, label in Judged.Eligible.choices]


def eligible_by_day(judged) -> list[tuple[date, int]]:
    eligible = judged.filter(answer=Judged.Eligible.MET).order_by()
    return list(eligible.values_list("attached_on").annotate(number=Count("pk")))


def totals(request: HttpRequest, found: ClaimRun) -> dict:
    claims = Claim.objects.visible_to(request.user).filter(run=found)
    sample = AuditTest.objects.visible_to(request.user).filter(run=found).for_list()
    figures = claims.aggregate(claims=Count("pk"), total=Sum("amount"))
    claimed = total_of(found, [figures["total"] or Decimal(0)])
    opinion = opinion_of(found, user=request.user)
    return {"opinion": opinion, "claims": figures["claims"], "claimed": claimed, "sample": sample}


def failed(sample) -> bool:
    return any(test.result == AuditTest.Result.FAILED for test in sample)


def actions(request: HttpRequest, found: ClaimRun) -> set[str]:
    """Return the actions that the run's state and the viewer's posts and part in the run allow."""
    held, me = rights_of(request.user), request.user.pk
    had_a_part = me in {found.prepared_by_id, found.audited_by_id, found.signed_by_id, found.certified_by_id}
    allowed = {action for action, can in BUTTONS.items() if held.may(can) and rules.may(found.state, action)}
    if found.audited_by_id != me:
        allowed.discard(Action.PASS)
    if Action.WITHDRAW in allowed and found.state == rules.State.PREPARING and is_being_judged(found):
        allowed.discard(Action.WITHDRAW)
    if had_a_part:
        allowed -= {Action.DRAW_SAMPLE, Action.SIGN, Action.CERTIFY}
    return {action.name.lower() for action in allowed}


@require_safe
def claims(request: HttpRequest, uid) -> HttpResponse:
    """List the claims of a run: the figure's own list."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    rows = payments.with_money(Claim.objects.visible_to(request.user).filter(run=found)).for_list()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, f"Claims listed: {found}", families=[row.family_id for row in page])
    lines = [(row, *shown_line(row)) for row in page]
    submitted, packs = found.state in rules.AFTER_SUBMISSION, found.state in SUBMITTABLE and may_prepare(request)
    columns = "Family|Result|Amount|" + ("Paid|Outstanding|Outcome" if submitted else "Price rule")
    context = {
        "run": found,
        "page": page,
        "lines": lines,
        "submitted": submitted,
        "reads_lines": reads_lines(request.user),
        "packs": packs,
        "columns": f"{columns}|Pack" if packs else columns,
        "opens": set(evidence_for(request).filter(claims__in=[row.pk for row in page]).values_list("pk", flat=True)),
    }
    return render(request, "performance/claims/claims.html", context | totals(request, found))


def evidence_for(request: HttpRequest):
    """Return the judgements that the viewer opens, evidence and all: an auditor, those of a sample alone."""
    return Judged.objects.visible_to(request.user).with_evidence_for(request.user).select_related("run")


def shown_line(row: Claim) -> tuple[dict[str, str], tuple[str, str]]:
    """Return the money of a line as people write it, and what became of it."""
    money, outcome = payments.money_of_claim(row)
    return shown_money(money), OUTCOMES[outcome]


@require_safe
def judged(request: HttpRequest, uid) -> HttpResponse:
    """Show one family's judgement: each criterion, its facts, the rule and its source; and judge it again."""
    row = get_or_refuse(evidence_for(request), request.user, uid=uid)
    if row.is_gone:
        return judged_and_gone(request, row)
    again = judge_again(row, row.run)
    log_view(request, f"Judgement: {row.run}", family=whose(row))
    context = {
        "judged": row,
        "found": shown(again, whole_case(row, row.run), contested=contested_facts(row.family_id)),
        "checks": checks_of(row, row.run, Places(request.user, [row.family_id])).values(),
        "same": again.canonical == row.judgement,
        "otherwise": [] if row.run.engine == ENGINE else differences(json.loads(row.judgement), again.content),
        "since": getattr(row, "since", None),
        "engine": ENGINE,
    }
    return render(request, "performance/claims/judged.html", context)


@require_safe
@recent_sign_in_required
def case_file(request: HttpRequest, uid) -> HttpResponse:
    """Give the case as JSON: `manage.py judge` gives the same answer from it."""
    row = get_or_refuse(evidence_for(request), request.user, uid=uid)
    log_view(request, f"Case downloaded: {row.run}", family=whose(row))
    name = f"{row.run.scheme}-{row.reference}.json"
    return JsonResponse(whole_case(row, row.run), headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def withdraw(request: HttpRequest, uid) -> HttpResponse:
    """Withdraw a run, with the reason."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, can=Can.PREPARE_CLAIM, uid=uid)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        services.withdraw_run(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The claim is withdrawn.")
        return redirect(found)
    return render(request, "performance/claims/withdraw.html", {"run": found, "form": form})


@require_safe
@recent_sign_in_required
def submission(request: HttpRequest, uid, form: str) -> HttpResponse:
    """Give the certified run as the file to submit, as CSV or XLSX."""
    found = get_or_refuse(ClaimRun, request.user, uid=uid)
    if not in_office(request.user):
        raise PermissionDenied
    rows = list(submission_rows(found))
    log_view(
        request,
        f"Submission file: {found}",
        families=Claim.objects.visible_to(request.user).filter(run=found).values_list("family_id", flat=True),
    )
    answer = csv_response if form == "csv" else xlsx_response
    return answer(f"{found.scheme} claim {found.claim_on}", COLUMNS, rows)
