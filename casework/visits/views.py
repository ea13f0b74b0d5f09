"""Start a visit's draft, carry it on, save it; the list of a family's visits."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.services import case_closed
from casework.diary.models import PlannedVisit
from casework.diary.services import due_today, planned_for
from casework.provenance.models import is_marked, marks_in
from casework.provenance.rules import About
from casework.visits.beside import Asked, are_right, asked
from casework.visits.forms import FamilyChoice, VisitForm
from casework.visits.models import Visit, household_on
from casework.visits.services import record_from_draft
from families.contesting.marks import marks_of
from families.flags.shown import flags_of
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.models import Draft
from slf.drafts.pages import as_written, first
from slf.drafts.rules import Verdict, Written
from slf.drafts.services import choose_family, save_draft, start_draft
from slf.web.words import day_in_words
from slf.work.once import as_uuid

KIND = "visit"
PAGE = 50
NOTHING = ("no_access", "cancelled")
NOTHING_SHOWN, PLANNED_SHOWN = timedelta(days=56), 8
"""How long, and how many of, the visits that came to nothing stand above the list. Source: ``EXAMPLE``."""
BAD_REQUEST, CONFLICT = 400, 409


@require_safe
def visits(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a family's visits, newest first."""
    family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=uid)
    rows = Visit.objects.visible_to(request.user).filter(family=family).for_list().newest_first()
    log_view(request, "Visits", family=family)
    page = Paginator(rows.annotate(is_marked=is_marked(About.VISIT)), PAGE).get_page(request.GET.get("page"))
    any_marked = any(visit.is_marked for visit in page.object_list)
    context = {
        "family": family, "page": page, "marks": marks_of(family, user=request.user),
        "provenances": marks_in(family, user=request.user) if any_marked else {},
    }  # fmt: skip
    return render(request, "casework/visits/visits.html", context | in_the_diary(family, request.user))


def in_the_diary(family: Family, user: User) -> dict:
    """Return what is planned with a family, and what of it lately came to nothing."""
    rows = PlannedVisit.objects.visible_to(user).filter(family=family).for_list()
    came_to_nothing = rows.filter(state__in=NOTHING, settled_on__gt=today() - NOTHING_SHOWN)
    return {
        "planned": rows.open().soonest_first(),
        "nothing": came_to_nothing.order_by("-settled_on", "-pk")[:PLANNED_SHOWN],
        "today": today(),
        "may_plan": may_work_with(family, user),
    }


@require_http_methods(["GET", "POST"])
def record_visit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start or reopen the person's note about this family; a GET only offers it."""
    family = get_or_refuse(Family, request.user, can=Can.ADD_CONTACT, uid=uid)
    if request.method == "POST":
        return redirect(start_draft(KIND, by=request.user, family=family))
    log_view(request, "Record a visit", family=family)
    return render(request, "casework/visits/start.html", {"family": family})


@require_http_methods(["GET", "POST"])
@gzip_page
def visit_draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Carry a note on, or save it as a visit."""
    draft = get_object_or_404(Draft.objects.of(request.user).filter(kind=KIND, thrown_away_at=None), uid=uid)
    if draft.sent_at:
        return already_sent(request, draft)
    if draft.family_id is None:
        return which_family(request, draft)
    family = about(draft, request.user)
    if family is None:
        return render(request, "casework/visits/out_of_reach.html", {"draft": draft, "note": first(draft, "note")})
    return save(request, draft, family) if request.method == "POST" else carry_on(request, draft, family)


def about(draft: Draft, user: User) -> Family | None:
    """Return the family a note is about, as far as it is the writer's: the one that stands, if it is known twice."""
    families = Family.objects.visible_to(user, can=Can.ADD_CONTACT)
    found = families.filter(pk=draft.family_id).first()
    return found and families.filter(pk=found.shown.pk).first()


def carry_on(request: HttpRequest, draft: Draft, family: Family) -> HttpResponse:
    """Show the note as it stands. What is missing or wrong is said only when it is saved."""
    typed = {name: first(draft, name) for name in draft.content}
    planned = planned_now(request, family, typed)
    form = form_for(family, initial={"happened_on": today(), **as_planned(planned), **typed})
    log_view(request, "Record a visit", family=family)
    beside = asked(family, signed_in(request), typed=draft.content)
    return show(request, draft, family, form, planned=planned, beside=beside)


def planned_now(request: HttpRequest, family: Family, typed: Mapping[str, str]) -> PlannedVisit | None:
    """Return the planned visit that a note is about: the one it was started from, else the one that is due today."""
    said = typed.get("planned") or request.GET.get("planned")
    if said is not None:
        return planned_for(family, as_uuid(said))
    return None if typed else due_today(family, user=request.user, on=today())


def as_planned(planned: PlannedVisit | None) -> dict:
    """Return the answers that the plan gives. Who was seen is never one of them."""
    if planned is None:
        return {}
    return {"planned": planned.uid, "kind": planned.kind, "began_at": planned.due_at and f"{planned.due_at:%H:%M}"}


def save(request: HttpRequest, draft: Draft, family: Family) -> HttpResponse:
    """Make the note a visit; if something is missing, keep what was typed and say what."""
    written = as_written(request.POST)
    if request.POST.get("action") == "later":
        return later(request, draft, written)
    form = form_for(family, data=request.POST)
    beside = asked(family, signed_in(request), data=dict(request.POST.lists()))
    if not all([form.is_valid(), are_right(beside, form)]):
        saved = save_draft(draft.uid, by=request.user, written=written)
        planned = planned_for(family, as_uuid(request.POST.get("planned")))
        return show(request, saved.draft, family, form, planned=planned, beside=beside, status=BAD_REQUEST)
    sent = record_from_draft(draft.uid, family=family, by=request.user, written=written, beside=beside, **form.answers)
    if sent.visit is None:
        return both_kept(request, sent.copy)
    messages.success(request, told(sent.visit))
    return redirect(family)


def later(request: HttpRequest, draft: Draft, written: Written) -> HttpResponse:
    """Keep the note as it stands, and say so."""
    saved = save_draft(draft.uid, by=request.user, written=written)
    if saved.verdict is Verdict.CONFLICT:
        return both_kept(request, saved.draft)
    messages.success(request, "Your note is kept. You find it under “Unsent notes”.")
    return redirect("home")


def both_kept(request: HttpRequest, copy: Draft) -> HttpResponse:
    """Show the two states of a note that was written in two places, each to be carried on."""
    states = [(draft, first(draft, "note")) for draft in (copy, copy.conflict_of)]
    return render(request, "casework/visits/both_kept.html", {"states": states}, status=CONFLICT)


def show(
    request: HttpRequest,
    draft: Draft,
    family: Family,
    form: VisitForm,
    *,
    planned: PlannedVisit | None = None,
    beside: Sequence[Asked] = (),
    status: int = 200,
) -> HttpResponse:
    flags = flags_of(family, user=request.user, on=today())
    closed_on = case_closed(family, on=today())
    context = {
        "draft": draft, "family": family, "form": form, "writer": uuid4(), "flags": flags, "closed_on": closed_on,
        "planned": planned, "beside": beside, "wrong_beside": any(part.form.errors for part in beside),
    }  # fmt: skip
    return render(request, "casework/visits/visit_draft.html", context, status=status)


def form_for(family: Family, **given: Mapping) -> VisitForm:
    return VisitForm(**given, household=list(household_on(family, today())), family=family)


def which_family(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask which family a note is about that was begun without a connection."""
    families = Family.objects.visible_to(request.user, can=Can.ADD_CONTACT).standing()
    form = FamilyChoice(request.POST if request.method == "POST" else None, families=families)
    if form.is_valid():
        choose_family(draft, family=form.cleaned_data["family"], by=request.user)
        return redirect(draft)
    log_view(request, "Which family is this note about?", families=families.values_list("pk", flat=True))
    context = {"draft": draft, "form": form, "note": first(draft, "note"), "words": first(draft, "family_words")}
    return render(request, "casework/visits/which_family.html", context, status=BAD_REQUEST if form.errors else 200)


def already_sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Lead from a note to the visit it became; other words than it was sent in are kept as a note of their own."""
    if request.method == "POST":
        saved = save_draft(draft.uid, by=request.user, written=as_written(request.POST))
        if saved.verdict is Verdict.CONFLICT:
            return both_kept(request, saved.draft)
    visits = Visit.objects.visible_to(request.user).select_related("family")
    visit = visits.filter(recorded_by=request.user, draft_uid=draft.uid).first()
    messages.info(request, "This note is already saved as a visit.")
    return redirect(visit.family) if visit else redirect("home")


def told(visit: Visit) -> str:
    later = visit.next_visit_on
    return f"{visit.get_kind_display()} saved." + (f" Next visit: {day_in_words(later)}." if later else "")
