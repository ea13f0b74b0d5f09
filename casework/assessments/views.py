"""A family's assessments: how they stand, read one, finish it, sign it off or send it back, print it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.assessments import page, services
from casework.assessments.forms import SendBackForm
from casework.assessments.models import Assessment
from casework.assessments.paper import kept_since, needs_kept_since, paper, readers_of
from casework.assessments.rules import FIRST_WITHIN_WEEKS, REVIEW_EVERY_WEEKS, Act, State, may
from casework.cases.services import case_closed
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.paper.pdf import pdf_response
from slf.policy.models import setting_on
from slf.web.forms import refusals_in, sent
from slf.web.settled import settled
from slf.work.once import once_only

BAD_REQUEST = 400


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    family: Family = get_or_refuse(Family.objects.open_to(user), user, can=can, uid=uid)
    return family


def assessment_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Assessment:
    rows = Assessment.objects.in_full().filter(family__in=Family.objects.open_to(user))
    found: Assessment = get_or_refuse(rows, user, can=can, uid=uid)
    return found


@require_safe
def assessments(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how the family's assessment stands, and every one there was."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Assessments", family=family)
    rows = Assessment.objects.visible_to(user).filter(family=family).for_page()
    context = {
        "family": family,
        "standing": page.standing_of(family, by=user, on=today()),
        "rows": list(rows),
        "closed": case_closed(family, on=today()),
        "may_work": may_work_with(family, user),
        "every": setting_on(REVIEW_EVERY_WEEKS),
        "first": setting_on(FIRST_WITHIN_WEEKS),
    }
    return render(request, "casework/assessments/assessments.html", context)


@require_POST
@once_only
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start an assessment, or a review as a copy of the last one; one that is in hand opens."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    return redirect(services.start_assessment(family, by=user, on=today()))


@require_safe
def assessment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one: what is to be written while it is open, and all that was said, beside what was said before."""
    user = signed_in(request)
    found = assessment_or_refuse(user, uid)
    log_view(request, f"{found.kind_name} {found.number}", family=found.family)
    return render(request, "casework/assessments/assessment.html", shown(found, user))


def shown(found: Assessment, user: User) -> dict[str, object]:
    """Return all of one for its page, and what this person may do with it."""
    members, before = page.whole(found, by=user, on=today())
    family, may_work = found.family.shown, may_work_with(found.family, user)
    writes = may_work and found.is_open
    signs = rights_of(user).may(Can.SIGN_ASSESSMENT, found.family.scope_id) and found.state == State.FINISHED
    parts = page.parts_of(found, before, members)
    return {
        "family": family,
        "assessment": found,
        "before": before,
        "parts": parts,
        "changed": [part for part in parts if part.changed] if before else [],
        "known": page.known_of(family, by=user, on=today(), household=members),
        "tasks": page.tasks_of(found, members, by=user) if writes else [],
        "writes": writes,
        "may_finish": writes and may(found.state, Act.FINISH),
        "signs": signs and found.finished_by_id != user.pk,
        "is_own": signs and found.finished_by_id == user.pk,
        "readers": readers_of(found, members),
    }


@require_POST
@once_only
def finish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that it is complete."""
    user = signed_in(request)
    found = assessment_or_refuse(user, uid, can=Can.WORK_FAMILY)
    services.finish_assessment(found, by=user, on=today())
    messages.success(request, "The assessment is finished. A senior or manager signs it off, or sends it back.")
    return redirect(found)


@require_POST
@once_only
def sign_off(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign a finished one off."""
    user = signed_in(request)
    found = assessment_or_refuse(user, uid, can=Can.SIGN_ASSESSMENT)
    services.sign_off(found, by=user, on=today())
    messages.success(request, "The assessment is signed off. It does not change any more.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
@once_only
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a finished one back with a reason."""
    user = signed_in(request)
    found = assessment_or_refuse(user, uid, can=Can.SIGN_ASSESSMENT)
    if over := settled(request, found, unless=found.is_finished):
        return over
    form = SendBackForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            services.send_back(found, by=user, on=today(), **form.cleaned_data)
            messages.success(request, f"The assessment is sent back to {found.finished_by}.")
            return redirect(found)
    log_view(request, "Send an assessment back", family=found.family)
    context = {"form": form, "assessment": found, "family": found.family.shown}
    return render(request, "casework/assessments/send_back.html", context, status=BAD_REQUEST if form.errors else 200)


@require_http_methods(["GET", "POST"])
@once_only
def throw_away(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether one that is not finished shall go, and give it up."""
    user = signed_in(request)
    found = assessment_or_refuse(user, uid, can=Can.WORK_FAMILY)
    if request.method == "POST":
        services.throw_away_assessment(found, by=user, on=today())
        messages.success(request, f"{found.kind_name} {found.number} is thrown away. What it said stays to be read.")
        return redirect("casework:assessments", found.family.shown.uid)
    log_view(request, "Throw an assessment away", family=found.family)
    context = {"assessment": found, "family": found.family.shown}
    return render(request, "casework/assessments/throw_away.html", context)


@require_safe
def print_assessment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give it as a document: for the file, or for one member without what must not be disclosed to them."""
    user = signed_in(request)
    found = assessment_or_refuse(user, uid)
    members, before = page.whole(found, by=user, on=today())
    asked, readers = request.GET.get("for", ""), readers_of(found, members)
    if asked and asked not in readers:
        raise Http404  # never the whole of it instead
    reader = readers.get(asked)
    kept = kept_since(found, reader, by=user) if reader else frozenset()
    needs = needs_kept_since(found, reader, by=user) if reader else frozenset()
    data = paper(found, before, members, reader=reader, kept=kept, needs_kept=needs)
    whom = f" for {reader.name}" if reader else ""
    log_view(request, f"{found.kind_name} {found.number} printed{whom}", family=found.family)
    name = f"{found.kind_name.lower()} {found.family.reference} {found.number}"
    return pdf_response(name, "casework/assessments/assessment.typ", data)
