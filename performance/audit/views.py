"""Internal audit: draw the sample, see how it was drawn, test line by line, pass the run."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from families.contesting.marks import contested_facts
from performance.audit import services
from performance.audit.forms import DrawForm, ExtendForm, OpinionForm, TestForm
from performance.audit.frame import audit_of, open_own_samples
from performance.audit.models import AuditTest
from performance.audit.pack import pack_of, pdf_response, zip_response
from performance.audit.population import COLUMNS, completeness_of, duplicates_in, rows_of
from performance.audit.rules.estimate import estimate
from performance.audit.settings import MORE
from performance.audit.shown import (
    ORDER_OF_FRAME,
    before_drawing,
    drawings_of,
    found_by_stratum,
    next_to,
    opinion_of,
    tally,
)
from performance.claims.checking import Places, checks_of
from performance.claims.frozen import judge_again, whole_case
from performance.claims.models import Claim, ClaimRun
from performance.claims.office import reads_whole
from performance.claims.rules import Action, State, may
from performance.claims.shown import shown
from performance.claims.submission import SUBMITTABLE
from performance.claims.views import whose
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.paper.sheets import csv_response
from slf.policy.models import value_of
from slf.web.errors import Incomplete, NotAllowed
from slf.web.forms import sent
from slf.work.once import once_only

DRAWN, PASSED = "The sample is drawn.", "The audit is closed with your opinion."
FAMILIES_A_PAGE = 25


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
    tests, context = of_sample(request, found)
    log_view(request, f"Sample: {found}", families=[test.family_id for test in tests])
    opinion = opinion_of(found, user=request.user)
    return render(request, "performance/audit/sample.html", context | {"opinion": opinion})


def of_sample(request: HttpRequest, run: ClaimRun) -> tuple[list[AuditTest], dict]:
    """Return the lines of a sample that the viewer sees, and what every page about it shows.

    What it says of the whole claim is told once all of it is tested, and to those alone who see all of it.
    """
    open_own_samples()
    tests = list(AuditTest.objects.visible_to(request.user).filter(run=run).for_list())
    drawings = drawings_of(run, user=request.user)
    mine = run.state == State.SAMPLED and run.audited_by_id == request.user.pk
    last = drawings[-1] if drawings else None
    lines = len(last.lines) if last else len(tests)
    untested = [test for test in tests if not test.result]
    office = reads_whole(request.user)
    out_of_sight = audit_of(run)[1] - len(tests) if office else 0
    told = office and not out_of_sight and not untested
    context = {
        "run": run, "sample": tests, "drawings": drawings, "testing": mine, "lines": lines, "office": office,
        "by_stratum": found_by_stratum(last, tests), "out_of_sight": out_of_sight,
        "estimate": estimate(services.counted(tests, lines=lines)) if told else None,
        "untested": len(untested), "next_untested": untested[0] if untested else None,
    }  # fmt: skip
    return tests, context | tally(tests)


@require_safe
@recent_sign_in_required
def frame_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the frame with each line's number and place, so that the sample can be drawn again by hand."""
    found = run_of_office(request, uid)
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
    """Return where to go on: at the sheet, so that the next key reaches its first question."""
    if test is None:
        return reverse("performance:sample", args=[run.uid])
    return f"{reverse('performance:audit_test', args=[test.uid])}#sheet"


def evidence_of(request: HttpRequest, test: AuditTest) -> dict:
    """Return the judgement of a line and its checks, from what was frozen."""
    row, run = test.claim.judged, test.run
    checks = checks_of(row, run, Places(request.user, [test.family_id]))
    return {
        "found": shown(judge_again(row, run), whole_case(row, run), contested=contested_facts(test.family_id)),
        "checks": [each for component, each in checks.items() if component == test.claim.component],
    }


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def extend_sample(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take more lines into the sample."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, can=Can.AUDIT_CLAIM, uid=uid)
    form = ExtendForm(request.POST or None, initial={"more": value_of(MORE, on=found.claim_on)})
    if form.is_valid():
        drawing = services.extend_sample(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"The sample goes on: it has {len(drawing.places)} lines now.")
        return redirect("performance:sample", found.uid)
    return render(request, "performance/audit/extend.html", {"run": found, "form": form})


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def pass_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was found and what it says of the whole claim, and take the auditor's opinion."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, can=Can.AUDIT_CLAIM, uid=uid)
    tests, context = of_sample(request, found)
    form = OpinionForm(request.POST or None, failed=context["failed"])
    if form.is_valid():
        services.pass_run(found, **form.cleaned_data, by=request.user)
        messages.success(request, PASSED)
        return redirect(found)
    log_view(request, f"Opinion: {found}", families=[test.family_id for test in tests])
    return render(request, "performance/audit/opinion.html", context | {"form": form})


def run_of_office(request: HttpRequest, uid: UUID) -> ClaimRun:
    """Return a run for those who read every line of it: not a manager, nor who certifies, who reads figures."""
    found = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    if not reads_whole(request.user):
        raise PermissionDenied
    return found


@require_safe
def population(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show every family judged without names: what was answered, what kept it out, whether it is claimed."""
    found = run_of_office(request, uid)
    whole = completeness_of(found)
    page = Paginator(range(whole.judged), FAMILIES_A_PAGE).get_page(request.GET.get("page"))
    skip = max(page.start_index() - 1, 0)
    rows = rows_of(found, user=request.user, skip=skip, many=FAMILIES_A_PAGE)
    log_view(request, f"Population: {found}")
    context = {"run": found, "whole": whole, "page": page, "rows": rows}
    if page.number == 1:
        context["duplicates"] = duplicates_in(found)
    return render(request, "performance/audit/population.html", context)


@require_safe
@recent_sign_in_required
def population_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the whole population as a file, without names."""
    found = run_of_office(request, uid)
    log_view(request, f"Population downloaded: {found}")
    rows = (row.cells for row in rows_of(found, user=request.user))
    return csv_response(f"{found.scheme} population {found.claim_on}", COLUMNS, rows)


@require_safe
@recent_sign_in_required
def pack_of_test(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """Give the spot-check pack of a sampled line, to those who audit."""
    open_own_samples()
    rows = AuditTest.objects.select_related("claim__judged", "claim__run")
    tested = get_or_refuse(rows, request.user, can=Can.AUDIT_CLAIM, uid=uid)
    return pack(request, tested.claim, form)


@require_safe
@recent_sign_in_required
def pack_of_claim(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """Give the pack of a claim that went out, to hand over at a spot check."""
    claim = get_or_refuse(Claim.objects.select_related("judged", "run"), request.user, can=Can.PREPARE_CLAIM, uid=uid)
    if claim.run.state not in SUBMITTABLE:
        message = "A pack is handed over of a claim that is certified."
        raise NotAllowed(message)
    return pack(request, claim, form)


def pack(request: HttpRequest, claim: Claim, form: str) -> HttpResponse:
    made = pack_of(claim, by=request.user)
    log_view(request, f"Spot-check pack: {claim.run}", family=whose(claim.judged))
    return pdf_response(made) if form == "pdf" else zip_response(made)
