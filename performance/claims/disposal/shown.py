"""The page of a judgement whose evidence was disposed of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from families.people.models import Family
from performance.claims.disposal.services import done_of
from performance.claims.models import Judged
from slf.access.doors import log_view
from slf.access.models import FamilyRecord


def whose(row: FamilyRecord) -> Family:
    """Return the family a row is of, for the view log, without reading its card: an auditor may not."""
    return Family(pk=row.family_id, scope_id=row.scope_id)


def judged_and_gone(request: HttpRequest, row: Judged) -> HttpResponse:
    """Say of a family's line what stays of it, and that the rest is gone: since when and by whom."""
    log_view(request, f"Judgement: {row.run}", family=whose(row))
    context = {"judged": row, "disposal": done_of(row.run, by=request.user)}
    return render(request, "performance/claims/disposal/judged.html", context)
