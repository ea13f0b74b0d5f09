"""The data quality of a locality: figures, each opening exactly its list."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.outcomes.figures import Asked
from performance.outcomes.services import Counted, by_group, count_at_once
from performance.outcomes.views import asked_by, query_of
from performance.quality.gaps import GAPS, Line, line, loaded
from slf.access.doors import log_view, requires
from slf.access.rules import Can

ROWS_A_PAGE = 50


def count_all(asked: Asked) -> list[Counted]:
    """Return every gap counted."""
    return count_at_once(GAPS.values(), asked)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Show what is missing in the record, and what cannot be."""
    asked, mine = asked_by(request)
    log_view(request, f"Data quality, {asked.locality or 'every locality'}")
    context = {"asked": asked, "localities": mine, "query": query_of(asked), "groups": by_group(count_all(asked))}
    return render(request, "performance/quality/quality.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def gap(request: HttpRequest, code: str) -> HttpResponse:
    """Show the rows behind one figure: as many as the figure says."""
    asked, _ = asked_by(request)
    if code not in GAPS:
        raise Http404
    page = Paginator(loaded(GAPS[code].rows(asked)), ROWS_A_PAGE).get_page(request.GET.get("page"))
    found = [line(row) for row in page]
    log_view(request, f"Data quality: {GAPS[code].label}", families=families_of(found))
    context = {"gap": GAPS[code], "page": page, "lines": found, "asked": asked, "query": query_of(asked)}
    return render(request, "performance/quality/gap.html", context)


def families_of(lines: list[Line]) -> set[int]:
    """Return the ids of the families on a list, for the view log too."""
    return {line.family.pk for line in lines}
