"""The scan of a signed plan: add it to what an adult said on paper, and save it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.plans.forms import ScanForm
from casework.plans.models import AnswerScan, PlanAnswer
from casework.plans.rules import How
from casework.plans.scans import add_scan, handed_out
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.web.errors import DomainError
from slf.web.forms import sent
from slf.work.once import once_only

BAD_REQUEST = 400


def answer_or_refuse(request: HttpRequest, uid: UUID, *, can: Can) -> PlanAnswer:
    rows = PlanAnswer.objects.select_related("family", "plan__family", "person__merged_into")
    answer: PlanAnswer = get_or_refuse(rows, request.user, can=can, uid=uid)
    return answer


@require_safe
def scan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the scan to be saved."""
    answer = answer_or_refuse(request, uid, can=Can.READ)
    found = AnswerScan.objects.visible_to(request.user).filter(answer=answer).first()
    if found is None:
        raise Http404
    log_view(request, f"Signed plan, version {answer.plan.number}", family=answer.family)
    return handed_out(found)


@require_http_methods(["GET", "POST"])
@once_only
def scan_answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for the scan of what somebody signed on paper."""
    answer = answer_or_refuse(request, uid, can=Can.WORK_FAMILY)
    if answer.how != How.PAPER:
        raise Http404
    form = ScanForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            kept = add_scan(
                answer, file=form.cleaned_data["scan"], name=form.cleaned_data["scan"].name, by=request.user
            )
        except DomainError as refusal:
            form.add_error("scan", refusal.message.rstrip("."))
        else:
            messages.success(request, f"{kept} is kept with what {answer.person} said.")
            return redirect(answer.plan)
    log_view(request, "Add the scan of a signed plan", family=answer.family)
    shown = {"form": form, "family": answer.family, "answer": answer}
    return render(request, "casework/plans/scan.html", shown, status=BAD_REQUEST if form.errors else 200)
