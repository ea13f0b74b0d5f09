"""Triage: the locality's queue with its clock, one referral with everything, and the two decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.needs.models import Need
from families.people.services import ever_in
from referrals.allocation.services import present_allocation
from referrals.enquiries.rules import CLOCK_STOPS, REPLY_WITHIN
from referrals.intake import words
from referrals.intake.forms import people_sets
from referrals.intake.models import Referral
from referrals.intake.rules import DECIDE_WITHIN, GIVEN, OPEN, Action, State, may
from referrals.intake.views import draft_page
from referrals.triage import likeness, rules, services
from referrals.triage.asking import ask_referrer
from referrals.triage.elsewhere import pass_on_referral, signpost_referral
from referrals.triage.forms import (
    NEW,
    AcceptForm,
    AnswerForm,
    AskForm,
    AssignForm,
    DeclineForm,
    EsfForm,
    EsfJoinForm,
    JoinForm,
    NarrowForm,
    PassOnForm,
    SignpostForm,
    WhichForm,
)
from referrals.triage.known import as_typed
from referrals.triage.likeness import Like
from referrals.triage.missing import what_was_missing
from referrals.triage.questions import DECIDES, answer_question, questions_for, unheard
from referrals.triage.queue import assign_reviewer, queue_of
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.web.dates import PARTS
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
        "decide_within": DECIDE_WITHIN,
        "example": EXAMPLE,
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
def triage(request: HttpRequest, uid) -> HttpResponse:
    """Show one referral with everything, and whom it is like."""
    referral = open_referral(request, uid)
    waits = referral.state in OPEN
    likes = likeness.like_families([referral], user=request.user)[referral.pk] if waits else []
    became = [referral.family_id] if referral.family_id else []
    log_view(request, "Referral", families=[*became, *(like.family.pk for like in likes)])
    shown = {
        "referral": referral,
        "waits": waits,
        "may_ask": may(referral.state, Action.ASK),
        "clock": services.clock_of(referral, on=today()),
        "said": words.in_words(referral.answers(), on=today()),
        "likes": likes,
        "elsewhere": rules.ELSEWHERE,
        "needs": referral.needs_in_words,
        "reviewer": referral.reviewer,
        "danger": rules.danger_in_words(referral.answers()),
    }
    return render(request, "referrals/triage/triage.html", shown)


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


def accepted(request: HttpRequest, referral: Referral, *, outcome: State = State.ACCEPTED, **how: Any) -> HttpResponse:
    family = services.accept_referral(referral, by=request.user, on=today(), outcome=outcome, **how)
    messages.success(
        request, f"{outcome.label}. The record is {family.reference}, and the referrer has been told."
    )  # fmt: skip
    if outcome is State.ESF or present_allocation(family, on=today()):
        return redirect(family)
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
    if referral.state not in OPEN and request.method == "GET":
        return show_decision(request, referral)
    log_view(request, "Referral")
    form = DeclineForm(sent(request), referral=referral)
    if form.is_valid():
        services.decline_referral(referral, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, "Declined. The referrer has been told.")
        return redirect("referrals:queue")
    return render(request, "referrals/triage/decline.html", {"referral": referral, "form": form})


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid) -> HttpResponse:
    """Ask the referrer for what is missing; the referral then waits for the reply."""
    referral = open_referral(request, uid)
    if not may(referral.state, Action.ASK) and request.method == "GET":
        return redirect("referrals:triage", uid=referral.uid)
    log_view(request, "Referral")
    form = AskForm(sent(request), referral=referral)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        ask_referrer(referral, by=request.user, on=today(), questions=form.questions, seen=seen)
        messages.success(request, "The referrer has been asked. The referral waits for the reply.")
        return redirect("referrals:triage", uid=referral.uid)
    shown = {"referral": referral, "form": form, "reply_within": REPLY_WITHIN, "stops": CLOCK_STOPS, "example": EXAMPLE}
    return render(request, "referrals/triage/ask.html", shown)


@requires(Can.TRIAGE)
@require_http_methods(["GET", "POST"])
@once_only
def signpost(request: HttpRequest, uid) -> HttpResponse:
    """Send the family on to a service of the directory, and tell the referrer which."""
    referral = open_referral(request, uid)
    if referral.state not in OPEN and request.method == "GET":
        return show_decision(request, referral)
    log_view(request, "Referral")
    form = SignpostForm(sent(request), referral=referral)
    if form.is_valid():
        signpost_referral(referral, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, "Signposted. The referrer has been told.")
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
        messages.success(request, f"The {team} team has the referral now. The referrer is told which team it is.")
        return redirect("referrals:queue")
    return render(request, "referrals/triage/pass_on.html", {"referral": referral, "form": form})


@draft_page
def known(request: HttpRequest, draft: Referral) -> HttpResponse:
    """Warn, while the page of people is filled in, of like families. Nothing is saved; partners get nothing."""
    draft_now = draft
    if request.method == "POST":
        sets = people_sets(draft, request.POST)
        valid = [group for group in sets.values() if group.is_valid()]
        draft_now = as_typed([row for group in valid for row in group.rows()], postcode=draft.postcode)
    return render(request, "referrals/triage/known_now.html", {"draft": draft_now})


@requires(Can.TRIAGE)
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """Say what is missing from referrals most often, since the first of April. It names no family."""
    since = rules.year_began(today())
    found = what_was_missing(request.user, since=since, until=today())
    return render(request, "referrals/triage/missing.html", {"found": found, "since": since})


@requires(DECIDES)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions whether a referral elsewhere is about a family the viewer decides on, the open ones first."""
    page = Paginator(questions_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Possible matches", families={question.family_id for question in page})
    return render(request, "referrals/triage/questions.html", {"page": page, "unheard": unheard()})


@requires(DECIDES)
@require_http_methods(["GET", "POST"])
@once_only
def answer(request: HttpRequest, uid) -> HttpResponse:
    """Show one question with both sides; the answer is kept, and the team is told only what to do."""
    question = get_or_refuse(questions_for(request.user), request.user, can=DECIDES, uid=uid)
    log_view(request, "Possible match", family=question.family)
    form = AnswerForm(sent(request))
    if form.is_valid():
        answer_question(question, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, "Your answer is kept.")
        return redirect("referrals:questions")
    return render(request, "referrals/triage/answer.html", {"question": question, "form": form})
