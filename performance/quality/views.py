"""The data quality of a locality: figures, each opening exactly its list."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.outcomes.figures import Asked
from performance.outcomes.services import Counted
from performance.outcomes.views import asked_by, query_of
from performance.quality.gaps import GAPS, Line, line, loaded
from slf.access.doors import log_view, requires
from slf.access.rules import Can

ROWS_A_PAGE = 50


def count_all(asked: Asked) -> list[Counted]:
    """Return every gap counted: one query each, at any size."""
    return [Counted(gap, gap.rows(asked).count()) for gap in GAPS.values()]


@requires(Can.VIEW_DASHBOARD)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Show what is missing in the record, and what cannot be."""
    asked, mine = asked_by(request)
    log_view(request, f"Data quality, {asked.locality or 'every locality'}")
    groups: dict[str, list[Counted]] = {}
    for counted in count_all(asked):
        groups.setdefault(counted.figure.group, []).append(counted)
    context = {"asked": asked, "localities": mine, "query": query_of(asked), "groups": groups}
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
