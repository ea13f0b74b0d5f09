"""What else can be decided: ask for more, signpost, pass on, decline."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from referrals.enquiries.rules import CLOCK_STOPS
from referrals.intake.rules import OPEN, REPLY_WITHIN, Action, may
from referrals.triage import services
from referrals.triage.asking import ask_referrer
from referrals.triage.elsewhere import pass_on_referral, signpost_referral
from referrals.triage.forms.deciding import AskForm, DeclineForm, PassOnForm, SignpostForm
from referrals.triage.rules import told_in_words
from referrals.triage.views.showing import open_referral
from slf.access.doors import log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.forms import sent
from slf.work.once import once_only


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def decline(request: HttpRequest, uid) -> HttpResponse:
    referral = open_referral(request, uid)
    if referral.state not in OPEN and request.method == "GET":
        return redirect("referrals:triage", uid=referral.uid)
    log_view(request, "Referral")
    form = DeclineForm(sent(request), referral=referral)
    if form.is_valid():
        services.decline_referral(referral, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, f"Declined. {told_in_words(is_own=referral.is_own)}")
        return redirect("referrals:queue")
    return render(request, "referrals/triage/decline.html", {"referral": referral, "form": form})


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid) -> HttpResponse:
    """Ask the referrer for what is missing; the referral then waits for the reply."""
    referral = open_referral(request, uid)
    if (referral.is_own or not may(referral.state, Action.ASK)) and request.method == "GET":
        return redirect("referrals:triage", uid=referral.uid)
    log_view(request, "Referral")
    form = AskForm(sent(request), referral=referral)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        ask_referrer(referral, by=request.user, on=today(), questions=form.questions, seen=seen)
        messages.success(request, "The referrer has been asked. The referral waits for the reply.")
        return redirect("referrals:triage", uid=referral.uid)
    shown = {"referral": referral, "form": form, "reply_within": setting_on(REPLY_WITHIN), "stops": CLOCK_STOPS}
    return render(request, "referrals/triage/ask.html", shown)


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def signpost(request: HttpRequest, uid) -> HttpResponse:
    """Send the family on to a service of the directory, and tell the referrer which."""
    referral = open_referral(request, uid)
    if referral.state not in OPEN and request.method == "GET":
        return redirect("referrals:triage", uid=referral.uid)
    log_view(request, "Referral")
    form = SignpostForm(sent(request), referral=referral)
    if form.is_valid():
        signpost_referral(referral, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, f"Signposted. {told_in_words(is_own=referral.is_own)}")
        return redirect("referrals:queue")
    return render(request, "referrals/triage/signpost.html", {"referral": referral, "form": form})


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def pass_on(request: HttpRequest, uid) -> HttpResponse:
    """Hand the referral to another locality's team. Whoever passed it on does not see it any more."""
    referral = open_referral(request, uid)
    if not may(referral.state, Action.PASS_ON) and request.method == "GET":
        return redirect("referrals:triage", uid=referral.uid)
    log_view(request, "Referral")
    form = PassOnForm(sent(request), referral=referral)
    if form.is_valid():
        team = pass_on_referral(referral, by=request.user, on=today(), **form.cleaned_data)
        told = "" if referral.is_own else " The referrer is told which team it is."
        messages.success(request, f"The {team} team has the referral now.{told}")
        return redirect("referrals:queue")
    return render(request, "referrals/triage/pass_on.html", {"referral": referral, "form": form})
