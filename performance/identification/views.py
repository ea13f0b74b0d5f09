"""Identification: one page with its lists, a run now, and the lists as a file. Nothing on it leads to a record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from families.sharing.use import LeftOut
from performance.identification import services
from performance.identification.models import FoundPerson, IdentificationRun, Identified
from performance.identification.rules import PLACES, Place
from slf.access.doors import get_or_refuse, log_view, requires, signed_in
from slf.access.models import Locality
from slf.access.rules import Can
from slf.accounts.models import User
from slf.accounts.reauth import recent_sign_in_required
from slf.clock import today
from slf.paper.sheets import csv_response
from slf.web.errors import NotAllowed
from slf.work.once import once_only

ROWS_A_PAGE, RUNS_SHOWN = 25, 10
COLUMNS = ("List", "Scheme", "Family", "Locality", "Judged on", "Attached on", "Attachment rests on", "What is met",
           "What is missing", "Lines of files")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Which run, scheme and locality are asked for."""

    user: User
    run: IdentificationRun
    scheme: str = ""
    locality: str = ""

    @property
    def filters(self) -> dict[str, str]:
        return {name: value for name in ("scheme", "locality") if (value := getattr(self, name))}

    @property
    def query(self) -> str:
        return f"?{urlencode(self.filters)}" if self.filters else ""

    def families(self) -> QuerySet[Identified]:
        rows = Identified.objects.visible_to(self.user).filter(run=self.run)
        return rows.asked_for(**self.filters).for_list()

    def people(self) -> QuerySet[FoundPerson]:
        rows = FoundPerson.objects.visible_to(self.user).filter(run=self.run)
        return rows.asked_for(**self.filters).for_list()


def asked_by(request: HttpRequest, run: IdentificationRun) -> Asked:
    """Read what is asked for; a scheme or a locality there is not is not there."""
    scheme, locality = request.GET.get("scheme", ""), request.GET.get("locality", "")
    if scheme and scheme not in {each["version"] for each in run.schemes}:
        raise Http404
    if locality and not Locality.objects.filter(slug=locality).exists():
        raise Http404
    return Asked(signed_in(request), run, scheme, locality)


@requires(Can.PREPARE_CLAIM)
@require_safe
def identification(request: HttpRequest) -> HttpResponse:
    """Show the newest run there is."""
    found = IdentificationRun.objects.visible_to(signed_in(request)).for_list().to_show().first()
    return shown(request, found)


@require_safe
def identification_run(request: HttpRequest, uid: Any) -> HttpResponse:
    """Show one run; of one that is deleted, its numbers."""
    return shown(request, get_or_refuse(IdentificationRun.objects.for_list(), request.user, uid=uid))


def shown(request: HttpRequest, run: IdentificationRun | None) -> HttpResponse:
    runs = list(IdentificationRun.objects.visible_to(signed_in(request)).for_list()[:RUNS_SHOWN])
    context: dict[str, Any] = {"runs": runs, "run": run}
    if run is not None:
        context |= lists(request, asked_by(request, run))
    else:
        log_view(request, "Identification")
    return render(request, "performance/identification/identification.html", context)


def lists(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Return the lists as the page shows them, and write down whom it showed."""
    rows = asked.families()
    counts = dict(rows.order_by().values_list("place").annotate(n=Count("pk")))
    pages = {
        place: Paginator(rows.filter(place=place), ROWS_A_PAGE).get_page(request.GET.get(place)) for place in Place
    }
    people = Paginator(asked.people(), ROWS_A_PAGE).get_page(request.GET.get("people"))
    families = [row.family_id for page in pages.values() for row in page]
    log_view(request, str(asked.run), families=families)
    panels = [
        {"place": place, "title": PLACES[place], "page": pages[place], "number": counts.get(place, 0)}
        for place in Place
    ]
    return {
        "asked": asked, "panels": panels, "people": people, "schemes": asked.run.schemes,
        "places": list(Locality.objects.all()), "said": asked.run.said,
        "left_out": [LeftOut(**each) for each in asked.run.said.get("left_out", [])],
        "csv": reverse("performance:identification_csv", args=[asked.run.uid]) + asked.query,
    }  # fmt: skip


@requires(Can.PREPARE_CLAIM)
@require_POST
@once_only
def look_now(request: HttpRequest) -> HttpResponse:
    """Begin a run now."""
    try:
        run = services.look_now(by=signed_in(request), on=today())
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return redirect("performance:identification")
    return redirect(run)


@require_safe
@recent_sign_in_required
def identification_csv(request: HttpRequest, uid: Any) -> HttpResponse:
    """Give the lists of a run as a file, with the same filters."""
    run = get_or_refuse(IdentificationRun, request.user, uid=uid)
    asked = asked_by(request, run)
    families, people = list(asked.families()), list(asked.people())
    log_view(request, f"{run}, as a file", families=[row.family_id for row in families])
    return csv_response(f"identification-{run.on.isoformat()}", COLUMNS, in_rows(families, people, on=run.on))


def in_rows(families: list[Identified], people: list[FoundPerson], *, on: date) -> Iterator[tuple[Any, ...]]:
    for row in families:
        yield (row.get_place_display(), row.scheme, row.reference, row.locality, row.judged_on, row.attached_on,
               row.attached_by, row.reason, row.lacks, "")  # fmt: skip
    for person in people:
        yield (Place.FOUND.label, person.scheme, "No family known", "Not known", on, None, "",
               person.reason, person.lacks, "; ".join(person.lines))  # fmt: skip
