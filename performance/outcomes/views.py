"""The dashboard, and the list behind each figure."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.outcomes import services
from performance.outcomes.figures import FIGURES, Asked, Figure
from performance.outcomes.lists import LISTINGS, families_of, lines, loaded
from performance.outcomes.rules import months_before
from slf.access.doors import log_view, requires
from slf.access.models import Locality, Scope
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.clock import today
from slf.paper.sheets import csv_response
from slf.web.charts import Series, bar_chart, line_chart

ROWS_A_PAGE = 50


def localities_of(user) -> list[Locality]:
    """Return the localities whose dashboard the user may see."""
    rights = rights_of(user)
    scopes = [scope for role, scope in rights.reaches if rights.may(Can.VIEW_DASHBOARD, scope)]
    return list(Locality.objects.filter(scopes__in=scopes, scopes__kind=Scope.Kind.LOCALITY).distinct())


def asked_by(request: HttpRequest) -> tuple[Asked, list[Locality]]:
    """Read which locality is asked for; one that is not the user's is not there."""
    mine = localities_of(request.user)
    slug = request.GET.get("locality", mine[0].slug if len(mine) == 1 else "")
    locality = next((each for each in mine if each.slug == slug), None)
    if slug and locality is None:
        raise Http404
    return Asked(request.user, locality, today()), mine


def query_of(asked: Asked) -> str:
    """Return what keeps the locality in the address of a figure."""
    return f"?locality={asked.locality.slug}" if asked.locality else ""


@requires(Can.VIEW_DASHBOARD)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show demand, caseload, visits and outcomes; each figure opens exactly its rows."""
    asked, mine = asked_by(request)
    log_view(request, f"Dashboard, {asked.locality or 'every locality'}")
    context = {
        "asked": asked,
        "localities": mine,
        "query": query_of(asked),
        "groups": services.count_all(asked),
        "months": months_picture(asked),
        "loads": loads_picture(asked) if asked.locality else None,
        "star": services.star_change(asked),
    }
    return render(request, "performance/outcomes/dashboard.html", context)


def months_picture(asked: Asked):
    """Draw referrals and visits over twelve months, as lines: bars of every month are taller than a screen."""
    series = [
        Series("Referrals", services.referrals_by_month(asked)),
        Series("Visits", services.visits_by_month(asked)),
    ]
    labels = [f"{month:%b %Y}" for month in months_before(asked.on, services.MONTHS)]
    return line_chart("Referrals and visits by month", labels=labels, series=series, heads="Month")


def loads_picture(asked: Asked):
    """Draw each worker's families, or nothing where nobody has any."""
    loads = services.loads(asked)
    if not loads:
        return None
    series = [
        Series("Mixed", [load.mixed for load in loads]),
        Series("Highly complex", [load.highly_complex for load in loads]),
    ]
    return bar_chart("Families by worker", labels=[load.worker for load in loads], series=series, heads="Worker")


def behind(asked: Asked, code: str) -> tuple[Figure, QuerySet]:
    """Return a figure and its rows, each always at the same place."""
    if code not in FIGURES:
        raise Http404
    return FIGURES[code], loaded(FIGURES[code].rows(asked), code)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the rows behind one figure: as many as the figure says."""
    asked, _ = asked_by(request)
    found, rows = behind(asked, code)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, f"Figure: {found.label}", families=families_of(page))
    context = {
        "figure": found,
        "listing": LISTINGS[code],
        "page": page,
        "lines": lines(list(page), code, asked=asked),
        "asked": asked,
        "query": query_of(asked),
    }
    return render(request, "performance/outcomes/figure.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
@recent_sign_in_required
def figure_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give every row behind one figure as a file: a bulk export, so the person proves who they are first."""
    asked, _ = asked_by(request)
    found, rows = behind(asked, code)
    taken = list(rows)
    log_view(request, f"Export: {found.label}", families=families_of(taken))
    listed = ((each.title, *each.cells) for each in lines(taken, code, asked=asked))
    return csv_response(found.label, LISTINGS[code].columns, listed)
