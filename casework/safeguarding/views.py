"""Raise a concern; see concerns, one's own, a family's, those that wait; say what was done; review; mistakes."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.safeguarding import services
from casework.safeguarding.forms import ConcernForm, DecideForm, MistakeForm, ReviewForm, StepForm
from casework.safeguarding.models import Concern, families_of
from casework.safeguarding.page import about_family, in_full, log_concern, numbers
from casework.safeguarding.rules import REACHES_NOBODY, STEPS, TAKEN, Step
from families.people.models import Family
from families.search.rules import as_logged, tidy
from families.search.services import search, shown
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import now, today
from slf.drafts.models import Draft
from slf.drafts.pages import as_written, first
from slf.drafts.rules import Verdict
from slf.drafts.services import save_draft, start_draft
from slf.web.forms import did, sent
from slf.work.once import as_uuid, once_only

KIND = "concern"
PAGE, FOUND = 25, 10
BAD_REQUEST, CONFLICT = 400, 409
NAMED_ALONE = "Family card"
"""What is logged of a form that names a family: what it is for, those it may be about could read in that log."""


def concern_or_refuse(request: HttpRequest, uid: UUID, *, can: Can = Can.READ) -> Concern:
    found: Concern = get_or_refuse(Concern.objects.for_list(), signed_in(request), can=can, uid=uid)
    return found


def to_add_to_or_refuse(request: HttpRequest, uid: UUID) -> Concern:
    found = concern_or_refuse(request, uid)
    if not services.may_add_to(found, by=signed_in(request)):
        raise PermissionDenied
    return found


# Raising


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say first whom to ring; then whom it is about, if that is not chosen already; and start the note."""
    user = signed_in(request)
    asked_for = as_uuid((request.POST or request.GET).get("family"))
    family = get_or_refuse(Family, user, uid=asked_for) if asked_for else None
    if request.method == "POST":
        return redirect(start_draft(KIND, by=user, family=family))
    asked = "" if family else tidy(request.GET.get("q", ""))
    hits = search(asked, on=today()) if asked else []
    found = shown(hits[:FOUND], by=user)
    if family or asked:
        log_view(
            request,
            as_logged(len(hits)) if asked else NAMED_ALONE,
            families=[one.family.pk for one in found] or ([family.pk] if family else []),
        )
    context = {"family": family, "asked": asked, "found": found, "more": len(hits) - len(found), "numbers": numbers()}
    return render(request, "casework/safeguarding/start.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Carry the note on, or send it as a concern."""
    user = signed_in(request)
    note = get_object_or_404(Draft.objects.of(user).filter(kind=KIND, thrown_away_at=None), uid=uid)
    if note.sent_at:
        return already_sent(request, note)
    family = about_family(note.family_id, user)
    if request.method == "POST":
        return send(request, note, family)
    form = ConcernForm(initial={name: first(note, name) for name in note.content}, family=family, by=user)
    return show(request, note, form)


def send(request: HttpRequest, note: Draft, family: Family | None) -> HttpResponse:
    """Make the note a concern; if something is missing, keep what was typed and say what."""
    user, written = signed_in(request), as_written(request.POST)
    if request.POST.get("action") == "later":
        saved = save_draft(note.uid, by=user, written=written)
        if saved.verdict is Verdict.CONFLICT:
            return both_kept(request, saved.draft)
        messages.warning(request, "Your note is kept under “Unsent notes”. Nobody has read it yet.")
        return redirect("home")
    form = ConcernForm(request.POST, family=family, by=user)
    if form.is_valid():
        facts = {"family": family, "by": user, "at": now(), "written": written}
        done = did(form, lambda: services.raise_from_draft(note.uid, form.told, **facts))
        if done and done.concern is None:
            return both_kept(request, done.copy)
        if done:
            say_who_is_told(request, done.concern)
            return redirect(done.concern)
    saved = save_draft(note.uid, by=user, written=written)
    return show(request, saved.draft, form, status=BAD_REQUEST)


def say_who_is_told(request: HttpRequest, raised: Concern) -> None:
    if services.reaches_nobody(raised):
        messages.warning(request, REACHES_NOBODY)
    else:
        messages.success(request, f"The concern is written down. {raised.rules.decides} is told of it.")


def show(request: HttpRequest, note: Draft, form: ConcernForm, status: int = 200) -> HttpResponse:
    if form.family is not None:
        log_view(request, NAMED_ALONE, family=form.family)
    context = {"draft": note, "form": form, "family": form.family, "writer": uuid4(), "numbers": numbers()}
    return render(request, "casework/safeguarding/draft.html", context, status=status)


def both_kept(request: HttpRequest, copy: Draft) -> HttpResponse:
    states = [(one, first(one, "words")) for one in (copy, copy.conflict_of)]
    return render(request, "casework/safeguarding/both_kept.html", {"states": states}, status=CONFLICT)


def already_sent(request: HttpRequest, note: Draft) -> HttpResponse:
    """Lead from a note to the concern it became; other words than it was sent in are kept as a note of their own."""
    if request.method == "POST":
        saved = save_draft(note.uid, by=signed_in(request), written=as_written(request.POST))
        if saved.verdict is Verdict.CONFLICT:
            return both_kept(request, saved.draft)
    rows = Concern.objects.visible_to(request.user)
    found = rows.filter(written_by=signed_in(request), draft_uid=note.uid).first()
    messages.info(request, "This note is already written down as a concern.")
    return redirect(found) if found else redirect("home")


# Seeing


@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """List the concerns this person reads: those that wait, or all of them."""
    user, all_of_them = signed_in(request), request.GET.get("show") == "all"
    rows = Concern.objects.visible_to(user).for_list()
    page = Paginator(rows if all_of_them else rows.going_on(), PAGE).get_page(request.GET.get("page"))
    if theirs := families_of(page.object_list):
        log_view(request, "Safeguarding concerns", families=theirs)
    return render(request, "casework/safeguarding/concerns.html", {"page": page, "all_of_them": all_of_them})


@require_safe
def of_family(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the concerns about a family."""
    user = signed_in(request)
    rows = Family.objects.open_to(user, record_class=RecordClass.SAFEGUARDING)
    family = get_or_refuse(rows, user, uid=uid)
    found = list(Concern.objects.visible_to(user).filter(family=family).for_list())
    log_view(request, "Safeguarding concerns", family=family)
    context = {
        "family": family,
        "concerns": found,
        "start_href": f"{reverse('casework:concern_start')}?family={family.uid}",
    }
    return render(request, "casework/safeguarding/family.html", context)


@require_safe
def concern(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = concern_or_refuse(request, uid)
    log_concern(request, found, "A safeguarding concern")
    return render(request, "casework/safeguarding/concern.html", in_full(found, signed_in(request)))


# Saying what was done, and deciding


@require_http_methods(["GET", "POST"])
@once_only
def add_step(request: HttpRequest, uid: UUID, step: str) -> HttpResponse:
    if step not in set(TAKEN):
        raise Http404
    found, asks = to_add_to_or_refuse(request, uid), STEPS[Step(step)]
    form = StepForm(sent(request), step=Step(step))
    if form.is_valid() and did(form, lambda: services.add_step(found, form.said, by=signed_in(request), at=now())):
        messages.success(request, f"{asks.done}: it stands in the concern.")
        return redirect(found)
    return ask(request, form, found, heading=asks.verb, button="Write it down")


@require_http_methods(["GET", "POST"])
@once_only
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = concern_or_refuse(request, uid, can=Can.REVIEW_CONCERN)
    form = ReviewForm(sent(request))
    if form.is_valid() and did(
        form, lambda: services.review_concern(found, by=signed_in(request), at=now(), **form.cleaned_data)
    ):
        messages.success(request, "Your review stands in the concern.")
        return redirect(found)
    return ask(request, form, found, heading="Review the concern", button="Keep the review")


@require_http_methods(["GET", "POST"])
@once_only
def mistake(request: HttpRequest, uid: UUID) -> HttpResponse:
    found, user = to_add_to_or_refuse(request, uid), signed_in(request)
    form = MistakeForm(sent(request), by=user, asks_family=not found.is_of_staff)
    if form.is_valid():
        said = {"why": form.cleaned_data["why"], "belongs_to": form.cleaned_data.get("reference")}
        if did(form, lambda: services.say_mistake(found, by=user, at=now(), **said)):
            messages.success(request, "It is kept that you call it a mistake. Somebody else decides on that.")
            return redirect(found)
    return ask(request, form, found, heading="Entered in error", button="Say that it is a mistake")


@require_http_methods(["GET", "POST"])
@once_only
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    found, user = concern_or_refuse(request, uid, can=Can.REVIEW_CONCERN), signed_in(request)
    form = DecideForm(sent(request))
    if form.is_valid():
        words, act = form.cleaned_data["words"], form.cleaned_data["decision"]
        if did(form, lambda: decided(found, act, words, by=user)):
            messages.success(request, "Entered in error." if act == "mistake" else "It stays as it is.")
            return redirect(found)
    return ask(request, form, found, heading="Was it a mistake?", button="Decide", said=found.said_mistaken)


def decided(found: Concern, act: str, words: str, *, by: User) -> bool:
    if act == "mistake":
        services.confirm_mistake(found, by=by, at=now())
    else:
        services.leave_mistake(found, words=words, by=by, at=now())
    return True


# Parts of the pages above


def ask(request: HttpRequest, form: forms.Form, found: Concern, **more: Any) -> HttpResponse:
    log_concern(request, found, "A safeguarding concern")
    status = BAD_REQUEST if form.errors else 200
    context = {"form": form, "concern": found, "said": None, **more}
    return render(request, "casework/safeguarding/ask.html", context, status=status)
