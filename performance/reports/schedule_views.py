"""The pages of reports on schedule: what is made when and for whom, setting one, ending one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from performance.reports import scheduling
from performance.reports.asking import Reach
from performance.reports.forms import COUNTY, ScheduleForm
from performance.reports.kinds import KINDS
from performance.reports.models import ReportSchedule
from performance.reports.rules.due import EVERY_NAMES, Every, next_due
from performance.reports.sql import KEEP
from slf.access.doors import log_view, requires, signed_in
from slf.access.rights import rights_of
from slf.clock import today
from slf.web.forms import did, sent
from slf.work.once import once_only

COLUMNS = "Report|Of|How often|Next|For|Set by"
EXAMPLES = (
    ("claims", Every.MONTH, 5, "for the managers' meeting"),
    ("money", Every.MONTH, 5, "for the head of service and the finance officer"),
    ("cohort", Every.QUARTER, 10, "for the programme board"),
    ("jumps", Every.QUARTER, 10, "for the internal auditor"),
    ("return", Every.QUARTER, 15, "for the department"),
)
"""What a county might have made: examples, of no effect until somebody sets them. No document gives these days."""


@require_safe
def schedules(request: HttpRequest) -> HttpResponse:
    """Show which reports are made when and for whom; to those who read any."""
    reach = Reach.of(signed_in(request))
    if not any(reach.may(kind) for kind in KINDS.values()):
        raise PermissionDenied
    log_view(request, "Reports on schedule")
    rows = list(ReportSchedule.objects.in_force().for_list())  # not a door: of no family
    stopped = scheduling.stopped(rows)
    shown = [
        (row, KINDS[row.kind], next_due(row.every, row.day, today=today()), row.pk in stopped)
        for row in rows
        if reach.may(KINDS[row.kind])
    ]
    may = rights_of(request.user).may(KEEP)
    set_already = {row.kind for row in rows}
    examples = [
        (KINDS[code], EVERY_NAMES[every], every.value, day, words)
        for code, every, day, words in EXAMPLES
        if may and code not in set_already and reach.may(KINDS[code])
    ]
    columns = COLUMNS + ("|End it" if may else "")
    context = {"rows": shown, "may": may, "examples": examples, "columns": columns}
    return render(request, "performance/reports/schedules.html", context)


@requires(KEEP)
@require_http_methods(["GET", "POST"])
@once_only
def set_schedule(request: HttpRequest) -> HttpResponse:
    """Have a report made every month or quarter; an example fills the form."""
    user = signed_in(request)
    form = ScheduleForm(sent(request), reach=Reach.of(user), initial=example(request))
    if form.is_valid() and did(form, lambda: scheduling.set_schedule(**form.answers(), by=user)):
        messages.success(request, "The schedule is set. The first report is made on its next day.")
        return redirect("performance:report_schedules")
    return render(request, "performance/reports/set_schedule.html", {"form": form})


def example(request: HttpRequest) -> dict[str, str]:
    asked = {name: request.GET.get(name, "") for name in ("kind", "every", "day")}
    return {name: value for name, value in asked.items() if value} | {"place": COUNTY}


@requires(KEEP)
@require_POST
def end_schedule(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a schedule."""
    row = get_object_or_404(ReportSchedule.objects.all(), uid=uid)  # not a door: of no family
    scheduling.end_schedule(row, by=signed_in(request))
    messages.success(request, "The schedule has ended. The reports it made are kept.")
    return redirect("performance:report_schedules")
