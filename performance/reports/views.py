"""The pages of reports: what there are, asking for one, one report with its files."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from performance.reports import files, services
from performance.reports.asking import Kind, Reach
from performance.reports.forms import AskForm
from performance.reports.kinds import KINDS
from performance.reports.models import KeptReport
from performance.reports.shown import as_pdf, rests_on, table_of
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.accounts.reauth import recent_sign_in_required
from slf.clock import today
from slf.paper.sheets import XLSX, download
from slf.web.forms import did, sent
from slf.work.models import Job
from slf.work.once import once_only
from slf.work.rules import OVER

ROWS_A_PAGE = 50
FILES = {
    "csv": (files.as_csv, "text/csv; charset=utf-8"),
    "json": (files.as_json, "application/json"),
    "xlsx": (files.as_xlsx, XLSX),
    "pdf": (as_pdf, "application/pdf"),
}

NAMES = (("csv", "CSV"), ("xlsx", "Spreadsheet"), ("pdf", "PDF"), ("json", "JSON"))


def reach_of(request: HttpRequest) -> Reach:
    """Return for which places the reader may ask for reports; refuse who may for none."""
    reach = Reach.of(signed_in(request))
    if not any(reach.may(kind) for kind in KINDS.values()):
        raise PermissionDenied
    return reach


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the kinds of report with what each tells, those being made, and those that are kept."""
    reach = reach_of(request)
    found = KeptReport.objects.visible_to(request.user).for_list()
    making = Job.objects.asked_by(request.user).filter(kind=services.MAKE).exclude(state__in=OVER)
    log_view(request, "Reports")
    context = {
        "kinds": [kind for kind in KINDS.values() if reach.may(kind)],
        "making": making.order_by("-pk"),
        "page": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "performance/reports/reports.html", context)


def kind_or_refuse(reach: Reach, code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    if not reach.may(KINDS[code]):
        raise PermissionDenied
    return KINDS[code]


@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a report: it is made in the background and kept."""
    reach = reach_of(request)
    known = kind_or_refuse(reach, key)
    form = AskForm(sent(request), kind=known, reach=reach, on=today())
    if form.is_valid():
        answers = form.answers(today())
        if job := did(form, lambda: services.ask_for(known, **answers, by=signed_in(request))):
            return redirect(job)
    return render(request, "performance/reports/ask.html", {"kind": known, "form": form})


@require_safe
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one report as a table, with what each column says and its files."""
    found = get_or_refuse(KeptReport.objects.select_related("locality", "asked_by", "reader"), request.user, uid=uid)
    log_view(request, f"Report: {found}", families=services.families_in(found, by=signed_in(request)))
    waits = found.reader_id == request.user.pk and not found.readings.filter(read_by=request.user).exists()
    context = {
        "report": found, "content": found.inside, "waits": waits, "whose": files.given_as(found.inside), "forms": NAMES,
        "rests_on": rests_on(found.inside), **table_of(found.inside),
    }  # fmt: skip
    return render(request, "performance/reports/report.html", context)


@require_safe
@recent_sign_in_required
def file(request: HttpRequest, uid: str, whose: str, form: str) -> HttpResponse:
    """Give one report as a file: as it is, or without small numbers to give to others."""
    found = get_or_refuse(KeptReport.objects.select_related("locality"), request.user, uid=uid)
    if whose not in files.given_as(found.inside):
        raise Http404
    families = services.families_in(found, by=signed_in(request))
    log_view(request, f"Report as a file ({form}, {files.WHOSE[whose].lower()}): {found}", families=families)
    make, content_type = FILES[form]
    name = f"{found.kind}-{found.until.isoformat()}-{whose}-{found.digest[:8]}.{form}"
    return download(name, make(files.content_for(found.inside, whose)), content_type=content_type)


@require_POST
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that one has read a report that waited."""
    found = get_or_refuse(KeptReport, request.user, uid=uid)
    services.say_read(found, by=signed_in(request))
    messages.success(request, "It waits for you no more. It stays among the reports.")
    return redirect(found)
