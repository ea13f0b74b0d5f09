"""Attaching files to a draft, and opening them: for the referrer until it is sent, then for those who triage it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from referrals.attachments import services
from referrals.attachments.forms import FileForm
from referrals.attachments.handing import handed_out, of_draft, of_referral
from referrals.attachments.rules import MOST
from referrals.intake.models import Referral
from referrals.intake.views import draft_page
from slf.access.doors import log_view, requires
from slf.access.rules import Can
from slf.web.errors import DomainError
from slf.web.forms import sent


@draft_page
def files(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Show what is attached, and take one file more."""
    form = FileForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            attached = services.attach_file(
                draft, by=request.user, file=form.cleaned_data["file"], name=form.cleaned_data["file"].name
            )
        except DomainError as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, f"{attached} is attached.")
            return redirect("referrals:files", uid=draft.uid)
    shown = {"draft": draft, "form": form, "attachments": draft.attachments.all(), "most": MOST}
    return render(request, "referrals/attachments/files.html", shown)


@requires(Can.REFER)
@require_POST
def take_off(request: HttpRequest, uid, file) -> HttpResponse:
    """Take a file off a draft again."""
    attachment = of_draft(request, uid, file)
    log_view(request, "Draft referral")
    services.take_off(attachment, by=request.user)
    messages.success(request, f"{attachment} is taken off.")
    return redirect("referrals:files", uid=uid)


@requires(Can.REFER)
@require_safe
def file_of_draft(request: HttpRequest, uid, file) -> HttpResponse:
    return handed_out(request, of_draft(request, uid, file))


@requires(Can.TRIAGE)
@require_safe
def file_of_referral(request: HttpRequest, uid, file) -> HttpResponse:
    return handed_out(request, of_referral(request, uid, file))
