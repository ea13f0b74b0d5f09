"""Monitoring: how far one family is, and what a locality and the county can claim when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from families.people.models import Family
from performance.claims.rules import pounds
from performance.monitoring import services
from performance.monitoring.models import Expected, Monitored
from performance.monitoring.rules import Window, totals
from performance.rulebook.reading import schemes_in_use
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.models import Locality
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass, Role
from slf.clock import today
from slf.web.words import day_in_words
from slf.work.once import once_only

ROWS_A_PAGE = 25
WHO = (Can.VIEW_DASHBOARD, Can.PREPARE_CLAIM)
SAID = {"met": ("Met", "good"), "not_met": ("Not yet", "waiting"), "not_known": ("Not known", "attention"),
        "neutral": ("Does not apply", "neutral")}  # fmt: skip


def family_of(request: HttpRequest, uid: Any) -> Family:
    """Return a family whose evidence is open to who asks; any other is missing."""
    rows = Family.objects.open_to(signed_in(request), record_class=RecordClass.EVIDENCE).select_related("scope")
    found = get_or_refuse(Family, request.user, uid=uid)
    if not rows.filter(pk=found.pk).exists():
        raise Http404
    return found


@require_safe
def monitored(request: HttpRequest, uid: Any) -> HttpResponse:
    """Show how far one family is with each result of its scheme."""
    family = family_of(request, uid)
    row = Monitored.objects.visible_to(signed_in(request)).filter(family=family).select_related("read_by").first()
    log_view(request, "Progress to results", family=family)
    context = {
        "family": family, "row": row, "results": results_of(row) if row else [],
        "works": may_work_with(family, signed_in(request)),
    }  # fmt: skip
    return render(request, "performance/monitoring/family.html", context)


def results_of(row: Monitored) -> list[dict[str, Any]]:
    return [shown(each) for each in row.told]


def shown(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result with its answer in words, and the tone of each line."""
    said, tone = SAID[result["answer"]]
    lines = [{"said": line["said"], "state": SAID[line["answer"]][0], "tone": SAID[line["answer"]][1]}
             for line in result["lines"]]  # fmt: skip
    return result | {"state": said, "tone": tone, "lines": lines, "when": when(result)}


def when(result: dict[str, Any]) -> str:
    if result["answer"] == "met":
        return result["because"] and f"Met, but it may not be claimed yet: {result['because']}"
    if not result["earliest"]:
        return "If nothing changes, it is not met in the next 18 months."
    day = day_in_words(date.fromisoformat(result["earliest"]))
    return f"If nothing changes, it can be met on {day}."


@require_POST
@once_only
def read(request: HttpRequest, uid: Any) -> HttpResponse:
    """Say that what went back was read."""
    family = family_of(request, uid)
    row = get_or_refuse(Monitored, request.user, can=Can.WORK_FAMILY, family=family)
    services.read(row, by=signed_in(request), on=today())
    return redirect("performance:monitored", family.uid)


@require_POST
@once_only
def work_out_now(request: HttpRequest, uid: Any) -> HttpResponse:
    """Have one family worked out anew. Emergency access reads; it sets nothing going."""
    family = family_of(request, uid)
    if rights_of(signed_in(request)).roles_over(family.scope_id) <= {Role.EMERGENCY}:
        raise Http404
    services.work_out_now(family)
    messages.success(request, "It is being worked out. Look at this page again in a minute.")
    return redirect("performance:monitored", family.uid)


# --- a locality, the county ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forecast:
    """What one scheme brings in one claim window."""

    scheme: str
    window: str
    claims: int
    amount: Decimal

    @property
    def pounds(self) -> str:
        return pounds(self.amount)


def asked_for(request: HttpRequest) -> tuple[QuerySet[Expected], dict[str, str], list[Locality]]:
    """Return what is expected, narrowed as asked; a locality that is not there is missing."""
    user = signed_in(request)
    if not any(rights_of(user).may(can) for can in WHO):
        raise PermissionDenied
    asked = {name: value for name in ("scheme", "locality") if (value := request.GET.get(name, ""))}
    places = list(Locality.objects.all())
    if "locality" in asked and asked["locality"] not in {place.slug for place in places}:
        raise Http404
    return Expected.objects.visible_to(user).asked_for(**asked), asked, places


def forecasts(rows: QuerySet[Expected]) -> list[Forecast]:
    """Return what each scheme brings by claim window: one question, however many families."""
    amounts: dict[str, dict[Window | None, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    columns = rows.claimable().order_by().values_list("scheme", "window_from", "window_to", "amount")
    for scheme, begins, ends, amount in columns:
        amounts[scheme][(begins, ends) if begins else None].append(amount or Decimal(0))
    schemes = {version.scheme: version.as_scheme for version in schemes_in_use()} if amounts else {}
    return [
        Forecast(schemes[code].name, window_in_words(window), number, total)
        for code in sorted(amounts)
        for window, number, total in totals(schemes[code], amounts[code])
    ]


def window_in_words(window: Window | None) -> str:
    return f"{day_in_words(window[0])} to {day_in_words(window[1])}" if window else "After the last claim window"


@require_safe
def monitoring(request: HttpRequest) -> HttpResponse:
    """Show what can be claimed when if nothing changes, and the families nearest to a result."""
    rows, asked, places = asked_for(request)
    page = Paginator(rows.claimable().nearest(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Progress to results", families=[row.family_id for row in page])
    worked = Monitored.objects.visible_to(signed_in(request)).order_by("-worked_at").values_list("on", flat=True)
    context = {
        "forecasts": forecasts(rows), "page": page, "asked": asked, "places": places, "today": today(),
        "schemes": [(version.scheme, version.name) for version in schemes_in_use()],
        "worked": worked.first(),
    }  # fmt: skip
    return render(request, "performance/monitoring/monitoring.html", context)
