"""Accepting a referral into a new family or one that is known, for the service or the ESF provider."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from families.needs.models import Need
from families.people.services import ever_in
from referrals.allocation.services import present_allocation
from referrals.intake.models import Referral
from referrals.intake.rules import OPEN, State
from referrals.triage import likeness, services
from referrals.triage.forms.accepting import NEW, AcceptForm, EsfForm, EsfJoinForm, JoinForm, WhichForm
from referrals.triage.likeness import Like
from referrals.triage.views.showing import open_referral
from slf.access.doors import log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.web.dates import PARTS
from slf.web.forms import sent
from slf.work.once import once_only


@dataclass(frozen=True)
class Way:
    """A decision that makes or joins a family: how its pages are called and what they ask."""

    outcome: State
    title: str
    button: str
    new: str
    join: str
    form: type[AcceptForm] = AcceptForm
    join_form: type[JoinForm] = JoinForm


WAYS = {
    State.ACCEPTED: Way(State.ACCEPTED, "Accept this referral", "Accept", "referrals:accept", "referrals:join"),
    State.ESF: Way(
        State.ESF, "Send this family to the ESF provider", "Send to the ESF provider", "referrals:esf",
        "referrals:esf_join", EsfForm, EsfJoinForm,
    ),
}  # fmt: skip


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def accept(request: HttpRequest, uid, outcome: State = State.ACCEPTED) -> HttpResponse:
    """Make the family once; where one is like it, ask first which it is. Decided already, say what was decided."""
    referral, way = open_referral(request, uid), WAYS[outcome]
    if referral.state not in OPEN:
        return show_decision(request, referral)
    likes = likeness.like_families([referral], user=request.user)[referral.pk]
    log_view(request, "Referral", families=[like.family.pk for like in likes])
    if likes and request.GET.get("which") != NEW:
        return which_family(request, referral, likes, way=way)
    form = way.form(sent(request), referral=referral)
    if form.is_valid():
        return accepted(request, referral, agreed=form.agreed, seen=form.cleaned_data["seen"], outcome=outcome)
    return render(request, "referrals/triage/accept.html", {"referral": referral, "form": form, "way": way})


def which_family(request: HttpRequest, referral: Referral, likes: Sequence[Like], *, way: Way) -> HttpResponse:
    form = WhichForm(sent(request), likes=likes)
    if form.is_valid():
        if form.cleaned_data["which"] == NEW:
            return redirect(f"{request.path}?which={NEW}")
        return redirect(way.join, uid=referral.uid, family=form.cleaned_data["which"])
    shown = {"referral": referral, "form": form, "likes": likes, "way": way}
    return render(request, "referrals/triage/which.html", shown)


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def join(request: HttpRequest, uid, family, outcome: State = State.ACCEPTED) -> HttpResponse:
    """Ask person by person who is whom in a like family, say what that does, then join the referral to it."""
    referral, way = open_referral(request, uid), WAYS[outcome]
    if referral.state not in OPEN:
        return show_decision(request, referral)
    likes = likeness.like_families([referral], user=request.user)[referral.pk]
    found = next((like.family for like in likes if like.family.uid == family), None)
    if found is None:
        raise Http404
    log_view(request, "Referral", families=[found.pk])
    form = way.join_form(sent(request), referral=referral, family=found, members=ever_in(found, by=request.user))
    if not form.is_valid():
        shown = {"referral": referral, "family": found, "form": form, "way": way}
        return render(request, "referrals/triage/join.html", shown)
    if "sure" in request.POST:
        return accepted(
            request, referral, join=form.joining, agreed=form.agreed, seen=form.cleaned_data["seen"], outcome=outcome
        )
    return render(request, "referrals/triage/join_check.html", what_it_does(request, referral, form) | {"way": way})


def what_it_does(request: HttpRequest, referral: Referral, form: JoinForm) -> dict[str, Any]:
    """Return what joining adds, keeps and leaves out, and the answers to send with the last press."""
    known = set(Need.objects.visible_to(request.user).filter(family=form.family).open_on(today()).values_list("kind"))
    needs = list(referral.needs.all())
    return {
        "referral": referral,
        "family": form.family,
        "new": form.added,
        "people": [(str(person), form.fate_in_words(person)) for person in form.people],
        "new_needs": [need for need in needs if (need.kind,) not in known],
        "known_needs": [need for need in needs if (need.kind,) in known],
        "answers": [(name, value) for name in form.fields for value in request.POST.getlist(name) if name != "once"]
        + date_parts(request, form),
        "once": request.POST.get("once", ""),
    }


def date_parts(request: HttpRequest, form: JoinForm) -> list[tuple[str, str]]:
    names = [f"agreed_on_{part}" for part in PARTS] if "agreed_on" in form.fields else []
    return [(name, request.POST.get(name, "")) for name in names]


def show_decision(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Go to the referral, which shows the decision; whoever tries to decide again is told who was first."""
    if request.method == "POST":
        return accepted(request, referral)
    return redirect("referrals:triage", uid=referral.uid)


def accepted(request: HttpRequest, referral: Referral, *, outcome: State = State.ACCEPTED, **how: Any) -> HttpResponse:
    family = services.accept_referral(referral, by=request.user, on=today(), outcome=outcome, **how)
    messages.success(
        request, f"{outcome.label}. The record is {family.reference}, and the referrer has been told."
    )  # fmt: skip
    if outcome is State.ESF or present_allocation(family, on=today()):
        return redirect(family)
    return redirect("casework:allocate", uid=family.uid)
