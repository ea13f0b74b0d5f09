"""The referrer's page with the team's questions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from referrals.enquiries.forms import ReplyForm
from referrals.enquiries.rules import NOT_ASKED
from referrals.enquiries.services import reply_to_team
from referrals.intake.models import Receipt
from referrals.intake.rules import DUTY_NUMBER, EMERGENCY_NUMBER
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.policy.models import setting_on, value_of
from slf.web.errors import Conflict
from slf.web.forms import sent
from slf.work.once import once_only


@requires(Can.REFER)
@require_http_methods(["GET", "POST"])
@once_only
def reply(request: HttpRequest, uid) -> HttpResponse:
    """Ask the referrer what the team asks. Where nobody waits for it any more, the receipt says what was decided."""
    receipt = get_or_refuse(Receipt.objects.kept_by(request.user), request.user, can=Can.REFER, uid=uid)
    log_view(request, "Questions about a referral")
    if not receipt.open_enquiries:
        return not_asked(request, receipt)
    form = ReplyForm(sent(request), receipt=receipt)
    if form.is_valid():
        reply_to_team(receipt, by=request.user, on=today(), replies=form.replies)
        messages.success(request, f"Your reply has gone to the {receipt.team} team.")
        return redirect(receipt)
    numbers = {"emergency_number": value_of(EMERGENCY_NUMBER), "duty_number": setting_on(DUTY_NUMBER)}
    return render(request, "referrals/enquiries/reply.html", {"receipt": receipt, "form": form} | numbers)


def not_asked(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    if request.method == "POST":
        raise Conflict(NOT_ASKED)
    return redirect(receipt)
