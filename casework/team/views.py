"""The team in one screen; the families whose work drifts."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.drift.known import limits_on
from casework.drift.rules import SETTINGS, SIGN_NAMES, Sign
from casework.supervision.line import below
from casework.team.rows import Drift, drift_list, named, team_of
from casework.visits.rules import CHILD_SEEN_EVERY_DAYS
from slf.access.doors import log_view, requires, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.policy.models import setting_on
from slf.work.once import as_uuid

A_PAGE = 25


@requires(Can.REVIEW_FAMILY)
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Show everybody this person supervises: caseload, ages, contact, what drifts, when supervision is due."""
    found = team_of(signed_in(request), on=today())
    log_view(request, "The team", families=[one.family for member in found.members for one in member.families])
    several = len({member.line.place.locality.pk for member in found.members}) > 1
    return render(request, "casework/team/team.html", {"team": found, "several": several, "today": today()})


@requires(Can.REVIEW_FAMILY)
@require_safe
def drift(request: HttpRequest) -> HttpResponse:
    """List the families whose work drifts, all or by one reason or worker."""
    user = signed_in(request)
    reason, worker = asked_sign(request.GET.get("reason")), as_uuid(request.GET.get("worker"))
    found = drift_list(user, on=today(), reason=reason, worker=worker)
    page = Paginator(found.rows, A_PAGE).get_page(request.GET.get("page"))
    rows = named(page.object_list, user=user)
    log_view(request, "Drift list", families=[family.pk for family, _ in rows])
    shown = {
        "page": page,
        "rows": rows,
        "figures": list(figures(found, request.GET.get("worker", ""))),
        "reason": reason,
        "worker": str(worker or ""),
        "signs": [(sign.value, SIGN_NAMES[sign]) for sign in found.reasons],
        "workers": [(str(place.worker.uid), str(place.worker)) for place in below(user)],
        "limits": limits_on(today()),
        "examples": any(setting_on(setting).is_example for setting in (*SETTINGS, CHILD_SEEN_EVERY_DAYS)),
    }
    return render(request, "casework/team/drift.html", shown)


def figures(found: Drift, worker: str):
    """Yield each figure with the list it opens."""
    kept = {"worker": worker} if as_uuid(worker) else {}
    here = reverse("casework:drift")
    yield "All that drift", found.all, f"{here}?{urlencode(kept)}" if kept else here
    for sign, number in found.reasons.items():
        yield sign.label, number, f"{here}?{urlencode({'reason': sign.value} | kept)}"


def asked_sign(text: str | None) -> Sign | None:
    return Sign(text) if text in set(Sign) else None
