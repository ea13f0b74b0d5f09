"""Writing the minutes: a draft until they are saved, carried on where it was left, together with others."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from casework.meetings import minutes, rules
from casework.meetings.copies import kept_words
from casework.meetings.doors import meeting_or_refuse
from casework.meetings.forms import MinutesForm, as_kept, initial_of, written_in
from casework.meetings.minutes import Answer, Saved
from casework.meetings.models import Meeting
from casework.meetings.rules import CAME_NAMES, POINT_NAMES, STATE_NAMES, Kind, Said, State
from slf.access.doors import log_view, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.models import Draft
from slf.drafts.pages import as_written as written_by_page
from slf.drafts.rules import Verdict, Written
from slf.drafts.services import save_draft, start_draft
from slf.web.errors import DomainError
from slf.web.together import still_untouched
from slf.work.once import as_uuid

KIND = "minutes"
BAD_REQUEST, CONFLICT = 400, 409
CHOICE = "keep-"


@require_POST
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open the minutes to write on: what was begun and not saved opens again."""
    user = signed_in(request)
    found = meeting_or_refuse(user, uid, can=Can.KEEP_MEETINGS)
    rules.check_planned(found.state)
    return redirect(start_draft(KIND, by=user, family=found.family, about=str(found.uid)))


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the minutes to write on, or save them."""
    user = signed_in(request)
    held = get_object_or_404(Draft.objects.of(user).filter(kind=KIND, thrown_away_at=None), uid=uid)
    try:
        found = meeting_or_refuse(user, as_uuid(held.about) or uuid4(), can=Can.KEEP_MEETINGS)
    except (Http404, PermissionDenied):
        return out_of_reach(request, held)
    if held.sent_at:
        return already_saved(request, held, found)
    if not found.is_planned:
        closed = f"These minutes are “{STATE_NAMES[State(found.state)].lower()}” now, so nothing more is saved in them."
        return show(request, held, found, carried_on(held, found), closed=closed)
    if request.method == "POST":
        return save(request, held, found, user)
    return show(request, held, found, carried_on(held, found))


def carried_on(held: Draft, found: Meeting) -> MinutesForm:
    """Return the minutes as they were left: the draft where there is one, else what they say."""
    fresh = initial_of(found)
    if not (held.revision and held.content):
        return MinutesForm(meeting=found, initial=fresh)
    left = written_in(held.content, MinutesForm(meeting=found))
    on_page = {name: said for name, said in left.items() if name in held.content or name.startswith("kept-")}
    return MinutesForm(meeting=found, initial=fresh | on_page)


def save(request: HttpRequest, held: Draft, found: Meeting, user: User) -> HttpResponse:
    """Save the minutes; where something is wrong or was changed by two, say so first."""
    written, form = as_written(request), MinutesForm(request.POST, meeting=found)
    if not form.is_valid():
        return kept(request, held, found, form, written)
    answers, touched = form.settled()
    try:
        saved = minutes.write_from_draft(
            held.uid, found, written=written, answers=answers, more=form.more, by=user, on=today(),
            revision=form.cleaned_data["revision"] or 0, touched=touched,
        )  # fmt: skip
    except DomainError as refused:
        form.add_error(None, refused.message)
        return kept(request, held, found, form, written)
    if saved.copy is not None:
        return both_kept(request, saved.copy)
    if saved.differing:
        return choose(request, held, form, saved, touched)
    messages.success(request, "The minutes are saved.")
    if request.POST.get("action") == "more":
        return redirect(start_draft(KIND, by=user, family=found.family, about=str(found.uid)))
    return redirect(found)


def kept(request: HttpRequest, held: Draft, found: Meeting, form: MinutesForm, written: Written) -> HttpResponse:
    """Show the page again with what was typed; it is in the draft first."""
    saved = save_draft(held.uid, by=signed_in(request), written=written)
    if saved.verdict is Verdict.CONFLICT:
        return both_kept(request, saved.draft)
    return show(request, saved.draft, found, form, status=BAD_REQUEST)


def show(
    request: HttpRequest, held: Draft, found: Meeting, form: MinutesForm, *, status: int = 200, closed: str = ""
) -> HttpResponse:
    """Show the minutes to write on. ``closed``: why they can only be read and copied."""
    log_view(request, f"{found}: write minutes", family=found.family)
    context = {"draft": held, "meeting": found, "family": found.family.shown, "form": form, "writer": uuid4(),
               "closed": closed}  # fmt: skip
    return render(request, "casework/meetings/minutes.html", context, status=status)


def choose(request: HttpRequest, held: Draft, form: MinutesForm, saved: Saved, touched: set[str]) -> HttpResponse:
    """Ask, of each answer that two people changed, which one stands. What was typed is carried along."""
    found = meeting_or_refuse(signed_in(request), form.meeting.uid, can=Can.KEEP_MEETINGS)
    log_view(request, "Choose between two answers", family=found.family)
    names, mine = {one.pk: str(one) for one in found.invited.all()}, form.answers
    differing = [
        {
            "name": name,
            "asked": form.fields[name].label,
            "mine": words_of(mine[name], names),
            "theirs": words_of(saved.standing[name], names),
        }
        for name in saved.differing
    ]
    left_out = {"was", "revision", "csrfmiddlewaretoken", "action"}
    carried = [
        (name, value) for name in request.POST
        if name not in left_out and not name.startswith(("draft-", CHOICE)) for value in request.POST.getlist(name)
    ]  # fmt: skip
    held.refresh_from_db()
    context = {
        "draft": held, "meeting": found, "family": found.family.shown, "differing": differing, "carried": carried,
        "was": still_untouched(as_kept(mine), touched), "writer": uuid4(),
    }  # fmt: skip
    return render(request, "casework/meetings/choose.html", context, status=CONFLICT)


def words_of(said: Answer, names: dict[int, str]) -> list[str]:
    """Return an answer in words, for whoever has to choose."""
    if isinstance(said, Said):
        kept_from = kept_words(sorted(said.kept_from), names)
        return [part for part in (POINT_NAMES[Kind(said.kind)], said.words or "Taken out", kept_from) if part]
    return [CAME_NAMES.get(said, "Not said yet")]  # type: ignore[call-overload]


def both_kept(request: HttpRequest, copy: Draft) -> HttpResponse:
    """Show that one person wrote the same minutes in two places: both are kept, each to be carried on."""
    context = {"copy": copy, "other": copy.conflict_of}
    return render(request, "casework/meetings/both_kept.html", context, status=CONFLICT)


def already_saved(request: HttpRequest, held: Draft, found: Meeting) -> HttpResponse:
    """Lead from minutes that are saved to their meeting; other words than they were saved in are kept beside them."""
    if request.method == "POST":
        saved = save_draft(held.uid, by=signed_in(request), written=as_written(request))
        if saved.verdict is Verdict.CONFLICT:
            return both_kept(request, saved.draft)
    messages.info(request, "These minutes are already saved.")
    return redirect(found)


def out_of_reach(request: HttpRequest, held: Draft) -> HttpResponse:
    """Show what was typed in minutes that cannot be saved any more, to be copied."""
    texts = [text for name, values in held.content.items() if is_paragraph(name) for text in values]
    return render(request, "casework/meetings/out_of_reach.html", {"draft": held, "texts": texts})


def is_paragraph(name: str) -> bool:
    return name.startswith((f"{minutes.POINT}-", "new-"))


def as_written(request: HttpRequest) -> Written:
    """Return the state of the minutes that a form holds; which of two was chosen is not part of it."""
    sent: Any = request.POST.copy()
    for name in [name for name in sent if name.startswith(CHOICE)]:
        del sent[name]
    return written_by_page(sent)
