"""The report of what each partner was shown, to read, print and download; one more showing; a partner told."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.people.models import Family
from families.shown.forms import ShowingForm, TellForm
from families.shown.rules import TELL_WITHIN
from families.shown.services import Report, report_on, tell_partner, write_down_showing
from families.shown.withdrawals import TakenBack, Waiting, may_see_who_waits, partners_to_tell
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import today
from slf.paper.sheets import csv_response, xlsx_response
from slf.policy.models import setting_on
from slf.web.errors import NotAllowed
from slf.web.words import EXAMPLE
from slf.work.once import once_only

BAD_REQUEST = 400
COLUMNS = ("Partner", "When", "What", "Of which", "Who was shown it", "By which gateway", "By whom")


@require_safe
def shown(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show by partner what it was shown, what agencies gave, and who is to hear of a withdrawal."""
    user, family = signed_in(request), to_read(request, uid)
    log_view(request, "What partners were shown", family=family)
    report = report_on(family, user=user, on=today())
    context = {"family": family, "report": report, "may_work": may_work_with(family, user), "on": today()}
    return render(request, "families/shown/shown.html", context)


@require_safe
def download(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """Give what was shown as a file."""
    family = to_read(request, uid)
    log_view(request, "What partners were shown, as a file", family=family)
    answer = csv_response if form == "csv" else xlsx_response
    report = report_on(family, user=signed_in(request), on=today())
    return answer(f"shown {family.reference}", COLUMNS, as_rows(report))


def as_rows(report: Report) -> list[tuple[object, ...]]:
    return [(row.partner, row.on, row.what.label, row.detail, row.to, row.gateway, row.by) for row in report.rows]


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the partners nobody has told yet, the next due first."""
    rows = who_waits(request)
    example = EXAMPLE if setting_on(TELL_WITHIN, on=today()).is_example else ""
    return render(request, "families/shown/waiting.html", {"rows": rows, "example": example})


def who_waits(request: HttpRequest) -> list[Waiting]:
    """Return who waits in the families of whoever asks; refuse who has nothing to do with telling partners."""
    user = signed_in(request)
    if not may_see_who_waits(user):
        raise PermissionDenied
    rows = partners_to_tell(user, on=today())
    log_view(request, "Partners to tell", families=[row.family.pk for row in rows])
    return rows


@require_http_methods(["GET", "POST"])
@once_only
def add_showing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what a partner was shown on the telephone, by letter or at a meeting."""
    family = to_change(request, uid)
    log_view(request, "What a partner was shown, written down", family=family)
    form = ShowingForm(request.POST or None, initial={"shown_on": today()})
    if form.is_valid():
        write_down_showing(family, **form.cleaned_data, by=signed_in(request), on=today())
        messages.success(request, "It is kept, and stands in the report.")
        return redirect("families:shown", uid=family.uid)
    status = BAD_REQUEST if form.errors else 200
    return render(request, "families/shown/add.html", {"family": family, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@once_only
def told(request: HttpRequest, uid: UUID, taken: UUID) -> HttpResponse:
    """Write down that a partner was told of a withdrawal."""
    family, user = to_change(request, uid), signed_in(request)
    log_view(request, "A partner told of a withdrawal", family=family)
    found = find_withdrawal(family, taken, user=user)
    first = {"told_on": today(), "partner": request.GET.get("partner", "")}
    form = TellForm(request.POST or None, taken=found, initial=first)
    if form.is_valid():
        try:
            tell_partner(found, **form.cleaned_data, by=user, on=today())
        except NotAllowed as refusal:
            form.add_error("told_on", refusal.message)
        else:
            messages.success(request, "It is kept that they were told.")
            return redirect("families:shown", uid=family.uid)
    context = {"family": family, "form": form, "taken": found}
    return render(request, "families/shown/told.html", context, status=BAD_REQUEST if form.errors else 200)


def find_withdrawal(family: Family, uid: UUID, *, user: User) -> TakenBack:
    """Return a withdrawal that stands; any other is a 404."""
    report = report_on(family, user=user, on=today())
    found = next((each for each in report.taken_back if each.row.uid == uid), None)
    if found is None:
        raise Http404
    return found


def to_read(request: HttpRequest, uid: UUID) -> Family:
    return get_or_refuse(with_evidence(signed_in(request)), request.user, uid=uid)


def to_change(request: HttpRequest, uid: UUID) -> Family:
    return get_or_refuse(with_evidence(signed_in(request)), request.user, can=Can.WORK_FAMILY, uid=uid)


def with_evidence(user: User):
    return Family.objects.open_to(user, record_class=RecordClass.EVIDENCE).select_related("scope")
