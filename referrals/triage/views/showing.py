"""One referral to decide on, and whom it is like."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from referrals.intake import words
from referrals.intake.forms.people import people_sets
from referrals.intake.models import Referral
from referrals.intake.rules import OPEN, Action, may
from referrals.intake.views import draft_page
from referrals.triage import likeness, rules, services
from referrals.triage.known import as_typed
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today


def open_referral(request: HttpRequest, uid) -> Referral:
    """Return a sent referral of the viewer's locality; all others are the same 404."""
    rows = Referral.objects.exclude(sent_on=None).for_page()
    return get_or_refuse(rows, request.user, can=Can.TRIAGE, uid=uid)


@requires(Can.TRIAGE)
@require_safe
def triage(request: HttpRequest, uid) -> HttpResponse:
    """Show one referral with everything, and whom it is like."""
    referral = open_referral(request, uid)
    waits = referral.state in OPEN
    likes = likeness.like_families([referral], user=request.user)[referral.pk] if waits else []
    became = [referral.family_id] if referral.family_id else []
    log_view(request, "Referral", families=[*became, *(like.family.pk for like in likes)])
    shown = {
        "referral": referral,
        "own": referral.own if referral.is_own else None,
        "waits": waits,
        "may_ask": may(referral.state, Action.ASK) and not referral.is_own,
        "may_pass_on": may(referral.state, Action.PASS_ON),
        "clock": services.clock_of(referral, on=today()),
        "said": words.in_words(referral.answers(), on=today()),
        "likes": likes,
        "elsewhere": rules.ELSEWHERE,
        "needs": referral.needs_in_words,
        "reviewer": referral.reviewer,
        "danger": rules.danger_in_words(referral.answers()),
    }
    return render(request, "referrals/triage/triage.html", shown)


@draft_page
def known(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Warn, while the page of people is filled in, of like families. Nothing is saved; partners get nothing."""
    draft_now = draft
    if request.method == "POST":
        sets = people_sets(draft, request.POST)
        valid = [group for group in sets.values() if group.is_valid()]
        draft_now = as_typed([row for group in valid for row in group.rows()], postcode=draft.postcode)
    return render(request, "referrals/triage/known_now.html", {"draft": draft_now})
