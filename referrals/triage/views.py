"""Triage: the locality's queue with its clock, one referral with everything, and the two decisions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from referrals.intake import words
from referrals.intake.models import Referral
from referrals.intake.rules import DECIDE_WITHIN, GIVEN, State
from referrals.triage import likeness, rules, services
from referrals.triage.forms import AcceptForm, DeclineForm
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import sent
from slf.web.words import EXAMPLE
from slf.work.once import once_only

A_PAGE = 25


def open_referral(request: HttpRequest, uid) -> Referral:
    """Return a sent referral of the viewer's locality; all others are the same 404."""
    rows = Referral.objects.exclude(sent_on=None).for_page()
    return get_or_refuse(rows, request.user, can=Can.TRIAGE, uid=uid)


@requires(Can.TRIAGE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what the viewer's localities have still to decide, the most pressing first."""
    rows = Referral.objects.visible_to(request.user, can=Can.TRIAGE).waiting().for_list()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Triage queue")
    waiting = [(referral, services.clock_of(referral, on=today())) for referral in page]
    several = len({referral.locality_id for referral, _ in waiting}) > 1
    shown = {"page": page, "waiting": waiting, "several": several, "given": GIVEN}
    return render(request, "referrals/triage/queue.html", shown | {"decide_within": DECIDE_WITHIN, "example": EXAMPLE})


@requires(Can.TRIAGE)
@require_safe
def triage(request: HttpRequest, uid) -> HttpResponse:
    """Show one referral with everything, and whom it is like."""
    referral = open_referral(request, uid)
    waits = referral.state == State.RECEIVED
    likes = likeness.like_families([referral], user=request.user)[referral.pk] if waits else []
    elsewhere = waits and likeness.known_elsewhere(referral)
    log_view(request, "Referral", families=[like.family.pk for like in likes])
    shown = {
        "referral": referral,
        "waits": waits,
        "clock": services.clock_of(referral, on=today()),
        "said": words.in_words(referral.answers(), on=today()),
        "likes": likes,
        "elsewhere": rules.NEUTRAL if elsewhere else "",
        "needs": f"{len(referral.needs.all())}, {referral.band.label.lower()}",
        "danger": f"The referrer reported danger and rang before writing. Told by telephone: {referral.spoke_to}.",
    }
    return render(request, "referrals/triage/triage.html", shown)


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def accept(request: HttpRequest, uid) -> HttpResponse:
    """Make the family once, or join the referral to one that is known. Decided already, it says what was decided."""
    referral = open_referral(request, uid)
    if referral.state != State.RECEIVED:
        return show_decision(request, referral)
    likes = likeness.like_families([referral], user=request.user)[referral.pk]
    log_view(request, "Referral", families=[like.family.pk for like in likes])
    form = AcceptForm(sent(request), referral=referral, likes=likes)
    if form.is_valid():
        return accepted(request, referral, family=form.family, agreed=form.agreed)
    return render(request, "referrals/triage/accept.html", {"referral": referral, "form": form})


def accepted(request: HttpRequest, referral: Referral, **how: Any) -> HttpResponse:
    family = services.accept_referral(referral, by=request.user, on=today(), **how)
    messages.success(request, f"Accepted. The record is {family.reference}, and the referrer has been told.")
    return redirect("casework:allocate", uid=family.uid)


def show_decision(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Go to the referral, which shows the decision; whoever tries to decide again is told who was first."""
    if request.method == "POST":
        return accepted(request, referral)
    return redirect("referrals:triage", uid=referral.uid)


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def decline(request: HttpRequest, uid) -> HttpResponse:
    referral = open_referral(request, uid)
    if referral.state != State.RECEIVED and request.method == "GET":
        return show_decision(request, referral)
    log_view(request, "Referral")
    form = DeclineForm(sent(request))
    if form.is_valid():
        services.decline_referral(referral, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, "Declined. The referrer has been told.")
        return redirect("referrals:queue")
    return render(request, "referrals/triage/decline.html", {"referral": referral, "form": form})


@requires(Can.REVIEW_ACCESS)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List referrals whose family may be known out of the asker's sight, to somebody who may look on both sides."""
    page = Paginator(likeness.match_questions(request.user), A_PAGE).get_page(request.GET.get("page"))
    likes = likeness.like_families([question.referral for question in page], user=request.user)
    log_view(request, "Possible matches", families={like.family.pk for found in likes.values() for like in found})
    rows = [(question, likes[question.referral_id]) for question in page]
    return render(request, "referrals/triage/questions.html", {"page": page, "rows": rows})
