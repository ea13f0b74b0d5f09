"""The family's star: two readings compared, each area over time, taking a reading, correcting one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.provenance.models import marks_in
from casework.stars import services
from casework.stars.forms import CorrectionForm, ReadingForm, answers_of
from casework.stars.models import Reading, StarTool
from casework.stars.pictures import compare, courses, in_full
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import Conflict
from slf.work.once import once_only

BAD_REQUEST, CONFLICT = 400, 409


@require_safe
def star(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the family's star: the latest reading, or the one asked for, against the first or the one asked for."""
    family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=uid)
    readings = list(Reading.objects.visible_to(request.user).filter(family=family).for_page())
    wrong = {reading.supersedes_id for reading in readings}
    current = [reading for reading in readings if reading.pk not in wrong]
    log_view(request, "Star", family=family)
    context = {
        "family": family,
        "current": current,
        "corrected": [reading.supersedes for reading in readings if reading.supersedes],
        "tools": StarTool.objects.each_in_use(on=today()),
        "may_work": may_work_with(family, request.user),
        "provenances": marks_in(family, user=request.user) if current else {},
        **pictures(current, request.GET),
    }
    return render(request, "casework/stars/star.html", context)


def pictures(current: list[Reading], asked: Mapping[str, str]) -> dict[str, Any]:
    """Return two readings compared and the course of every area, for the star of the reading that was asked for."""
    if not current:
        return {"shown": None, "courses": []}
    chosen = chosen_of(current, asked.get("reading")) or current[0]
    alike = [reading for reading in current if reading.tool_id == chosen.tool_id]
    other = chosen_of(alike, asked.get("against")) or alike[-1]
    earlier, later = sorted((other, chosen), key=lambda reading: (reading.taken_on, reading.pk))
    return {
        "shown": compare(earlier, later),
        "courses": courses(alike[::-1]) if len(alike) > 1 else [],
        "choices": [(reading, in_full(reading)) for reading in alike],
        "selects": [("against", "Compare", earlier), ("reading", "with", later)],
    }


def chosen_of(readings: list[Reading], uid: str | None) -> Reading | None:
    return next((reading for reading in readings if str(reading.uid) == uid), None)


@require_http_methods(["GET", "POST"])
@once_only
def take_reading(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for all areas on one page and keep the reading."""
    family = get_or_refuse(Family.objects.open_to(request.user), request.user, can=Can.WORK_FAMILY, uid=uid)
    tool = StarTool.objects.in_use(on=today(), code=request.GET.get("star", ""))
    form = ReadingForm(request.POST or None, tool=tool.as_rules())
    if form.is_valid():
        services.take_reading(family, tool=tool, by=request.user, **form.cleaned_data)
        messages.success(request, "The star reading is saved.")
        return redirect("casework:star", family.uid)
    log_view(request, "Take a star reading", family=family)
    return show_form(request, form, family, heading="Take a star reading")


@require_http_methods(["GET", "POST"])
@once_only
def correct_reading(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for the right answers and why; the wrong reading stays on the record."""
    rows = Reading.objects.for_page().select_related("family")
    wrong = get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=uid)
    tool = wrong.tool.as_rules()
    form = CorrectionForm(request.POST or None, tool=tool, initial=answers_of(wrong, tool))
    if form.is_valid():
        try:
            services.correct_reading(wrong, by=request.user, **form.cleaned_data)
        except Conflict as told:
            form.add_error(None, told.message)
            return show_form(request, form, wrong.family, heading="Correct a star reading", status=CONFLICT)
        messages.success(request, "The reading is corrected. The earlier one stays on the record and no longer counts.")
        return redirect("casework:star", wrong.family.uid)
    log_view(request, "Correct a star reading", family=wrong.family)
    return show_form(request, form, wrong.family, heading="Correct a star reading")


def show_form(
    request: HttpRequest, form: ReadingForm, family: Family, *, heading: str, status: int = 0
) -> HttpResponse:
    context = {"family": family, "form": form, "heading": heading, "back": reverse("casework:star", args=[family.uid])}
    status = status or (BAD_REQUEST if form.errors else 200)
    return render(request, "casework/stars/reading_form.html", context, status=status)
