"""The queue, sharing it out, and what is missing from referrals most often."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from referrals.intake.models import Referral
from referrals.intake.rules import DECIDE_WITHIN, GIVEN
from referrals.triage import rules, services
from referrals.triage.forms.queue import AssignForm, NarrowForm
from referrals.triage.missing import what_was_missing
from referrals.triage.queue import assign_reviewer, queue_of
from slf.access.doors import log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.policy.models import setting_on

A_PAGE = 25


@requires(Can.TRIAGE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what the viewer's localities have still to decide, narrowed and ordered as asked."""
    narrow = NarrowForm(request.GET)
    rows = queue_of(request.user, on=today(), **narrow.chosen).for_list()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Triage queue")
    waiting = [(referral, services.clock_of(referral, on=today())) for referral in page]
    asked = list(Referral.objects.visible_to(request.user, can=Can.TRIAGE).asked().for_list()[:A_PAGE])
    shown = {
        "page": page,
        "waiting": waiting,
        "asked": [(r, services.reply_clock_of(r, on=today()), services.clock_of(r, on=today())) for r in asked],
        "several": len({referral.locality_id for referral in [*page, *asked]}) > 1,
        "given": GIVEN,
        "narrow": narrow,
        "narrowed": any(narrow.chosen.values()),
        "assign": AssignForm(by=request.user),
        "decide_within": setting_on(DECIDE_WITHIN),
    }
    return render(request, "referrals/triage/queue.html", shown)


@requires(Can.TRIAGE)
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen referrals to one reviewer."""
    form = AssignForm(request.POST, by=request.user)
    if form.is_valid():
        number = assign_reviewer(form.referrals, by=request.user, to=form.cleaned_data["reviewer"])
        to = form.cleaned_data["reviewer"] or "nobody"
        messages.success(request, f"{number} referral{'' if number == 1 else 's'} given to {to}.")
    else:
        messages.error(request, "Choose at least one referral, and who is to look at it.")
    return redirect("referrals:queue")


@requires(Can.TRIAGE)
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """Say what is missing from referrals most often, since the first of April. It names no family."""
    since = rules.year_began(today())
    found = what_was_missing(request.user, since=since, until=today())
    return render(request, "referrals/triage/missing.html", {"found": found, "since": since})
