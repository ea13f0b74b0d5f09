"""Internal audit: draw the sample, see how it was drawn, test line by line, pass the run."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.contesting.marks import contested_facts
from performance.audit import services
from performance.audit.forms import DrawForm, TestForm
from performance.audit.frame import open_own_samples
from performance.audit.models import AuditTest
from performance.audit.shown import ORDER_OF_FRAME, before_drawing, drawings_of, next_to, tally
from performance.claims.checking import Places, checks_of
from performance.claims.frozen import judge_again, whole_case
from performance.claims.models import ClaimRun
from performance.claims.rules import Action, State, may
from performance.claims.shown import shown
from performance.claims.views import whose
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.paper.sheets import csv_response
from slf.web.errors import Incomplete
from slf.web.forms import sent
from slf.work.once import once_only

DRAWN = "The sample is drawn."


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def draw_sample(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show of what a sample is drawn, take the seed, and draw."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, can=Can.AUDIT_CLAIM, uid=uid)
    form = DrawForm(sent(request))
    if form.is_valid():
        services.draw_sample(found, seed=form.cleaned_data["seed"], by=request.user)
        messages.success(request, DRAWN)
        return redirect("performance:sample", found.uid)
    context = {"run": found, "form": form, "may_draw": may(found.state, Action.DRAW_SAMPLE)} | before_drawing(found)
    return render(request, "performance/audit/draw.html", context)


@require_safe
def sample(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the sample of a run: each line with what was found, how far the testing is, and how it was drawn."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    open_own_samples()
    tests = list(AuditTest.objects.visible_to(request.user).filter(run=found).for_list())
    log_view(request, f"Sample: {found}", families=[test.family_id for test in tests])
    context = {
        "run": found,
        "sample": tests,
        "drawings": drawings_of(found, user=request.user),
        "testing": found.state == State.SAMPLED and found.audited_by_id == request.user.pk,
        "next_untested": next((test for test in tests if not test.result), None),
    }
    return render(request, "performance/audit/sample.html", context | tally(tests))


@require_safe
@recent_sign_in_required
def frame_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the frame with each line's number and place, so that the sample can be drawn again by hand."""
    found = get_or_refuse(ClaimRun, request.user, uid=uid)
    drawings = drawings_of(found, user=request.user)
    log_view(request, f"Frame of the sample downloaded: {found}")
    rows = drawings[-1].rows() if drawings else []
    return csv_response(f"{found.scheme} frame {found.claim_on}", ORDER_OF_FRAME, rows)


@require_http_methods(["GET", "POST"])
@once_only
def test(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Test one sampled claim beside its evidence; saving goes on to the next that is not tested."""
    open_own_samples()
    rows = AuditTest.objects.select_related("run", "claim__judged")
    found = get_or_refuse(rows, request.user, can=Can.AUDIT_CLAIM, uid=uid)
    tests = list(AuditTest.objects.visible_to(request.user).filter(run=found.run).order_by("place"))
    ways, form = next_to(found, tests), TestForm(request.POST or None, test=found)
    if form.is_valid():
        try:
            services.record_test(found, sheet=form.sheet, note=form.cleaned_data["note"], by=request.user)
        except Incomplete as refusal:
            form.add_error("note", refusal.missing[0][0])
        else:
            messages.success(request, f"What you found about {found.reference} is saved.")
            return redirect(address_of(ways["next_untested"], found.run))
    log_view(request, f"Audit test: {found.run}", family=whose(found))
    mine = found.run.state == State.SAMPLED and found.run.audited_by_id == request.user.pk
    context = {"test": found, "form": form, "mine": mine} | ways | tally(tests) | evidence_of(request, found)
    return render(request, "performance/audit/test.html", context)


def address_of(test: AuditTest | None, run: ClaimRun) -> str:
    if test is None:
        return reverse("performance:sample", args=[run.uid])
    return reverse("performance:audit_test", args=[test.uid])


def evidence_of(request: HttpRequest, test: AuditTest) -> dict:
    """Return the judgement of a line and its checks, from what was frozen."""
    row, run = test.claim.judged, test.run
    checks = checks_of(row, run, Places(request.user, [test.family_id]))
    return {
        "found": shown(judge_again(row, run), whole_case(row, run), contested=contested_facts(test.family_id)),
        "checks": [each for component, each in checks.items() if component == test.claim.component],
    }


@require_POST
@recent_sign_in_required
@once_only
def pass_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Pass a run whose sample is tested."""
    found = get_or_refuse(ClaimRun, request.user, can=Can.AUDIT_CLAIM, uid=uid)
    services.pass_run(found, by=request.user)
    messages.success(request, "The claim has passed internal audit.")
    return redirect(found)
