"""Files from agencies: send one, watch it load, see what became of each row, take the rest away to mend."""

from pathlib import PurePath

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.hub.forms import FileForm
from families.hub.gate import gateway_in_words, no_gateway, rows_of
from families.hub.models import FeedFile, FeedRetry
from families.hub.rules import FEEDS, REASON, STATE_NAMES, State
from families.hub.services import receive_file
from families.hub.shown import families_of, how_many, sent_again, shown_row, shown_state
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.clock import today
from slf.paper.sheets import csv_response
from slf.web.forms import sent
from slf.work.once import once_only

ROWS_A_PAGE = 50
IN_NO_FACT = {State.UNMATCHED, State.FAILED}


@requires(Can.LOAD_FEED)
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """List the files received."""
    found = FeedFile.objects.visible_to(request.user).for_list()
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Files from agencies")
    lines = [(each, shown_state(each)) for each in page]
    return render(request, "families/hub/files.html", {"page": page, "lines": lines})


@requires(Can.LOAD_FEED)
@require_http_methods(["GET", "POST"])
@once_only
def send_file(request: HttpRequest) -> HttpResponse:
    """Take a file; one that is refused whole is refused beside its field."""
    form = FileForm(sent(request), request.FILES or None)
    if form.is_valid():
        answers = form.cleaned_data
        covers = (answers["first_day"], answers["last_day"])
        feed, area = FEEDS[answers["feed"]], answers["area"]
        return redirect(receive_file(answers["file"], feed=feed, covers=covers, area=area, by=request.user))
    return render(request, "families/hub/send.html", {"form": form, "feeds": FEEDS.values()})


@requires(Can.LOAD_FEED)
@require_safe
def file(request: HttpRequest, uid) -> HttpResponse:
    """Show one file: how far it is, how many rows are in each state, and the rows of one state."""
    found = get_or_refuse(FeedFile.objects.for_list(), request.user, can=Can.LOAD_FEED, uid=uid)
    feed, rows = FEEDS[found.feed], rows_of(found, user=request.user, on=today())
    state = request.GET.get("state", "")
    counts = rows.counts()
    chosen = rows.filter(state=state) if state in STATE_NAMES else rows
    page = Paginator(chosen.select_related("person__merged_into"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    retries = list(FeedRetry.objects.visible_to(request.user).filter(file=found).select_related("asked_by", "job"))
    context = {
        "file": found,
        "job": retries[-1].job if retries else found.job,
        "retries": [sent_again(found, retry, user=request.user) for retry in reversed(retries)],
        "feed": feed,
        "gateway": gateway_in_words(feed, on=found.received_on),
        "closed": no_gateway(feed, on=today()),
        "counts": [(s, s.label, f"{counts.get(s, 0):,}") for s in State],
        "state_name": STATE_NAMES.get(state, ""),
        "failed": how_many(counts.get(State.FAILED, 0), "row"),
        "unmatched": how_many(counts.get(State.UNMATCHED, 0), "row"),
        "state": state,
        "reasons": [(reason, f"{n:,}") for reason, n in chosen.by_reason()] if state in IN_NO_FACT else [],
        "page": page,
        "lines": [shown_row(row, feed) for row in page],
    }
    log_view(request, f"File {found.name}", families=families_of(page, user=request.user))
    return render(request, "families/hub/file.html", context)


@requires(Can.LOAD_FEED)
@require_safe
@recent_sign_in_required
def rows_to_mend(request: HttpRequest, uid) -> HttpResponse:
    """Give back the rows that could not be read, with the reason, to mend and send again."""
    return rows_in(State.FAILED, request, uid, called="Rows to mend")


@requires(Can.LOAD_FEED)
@require_safe
@recent_sign_in_required
def rows_unmatched(request: HttpRequest, uid) -> HttpResponse:
    """Give back the rows that matched nobody, with the reason: most are people the service does not know."""
    return rows_in(State.UNMATCHED, request, uid, called="Rows that match nobody")


def rows_in(state: State, request: HttpRequest, uid, *, called: str) -> HttpResponse:
    found = get_or_refuse(FeedFile, request.user, can=Can.LOAD_FEED, uid=uid)
    columns = [*FEEDS[found.feed].columns, REASON]
    rows = rows_of(found, user=request.user, on=today()).filter(state=state)
    log_view(request, f"{called} of {found.name}", families=families_of(rows, user=request.user))
    cells = ([row.raw.get(c, "") if c != REASON else row.reason for c in columns] for row in rows)
    return csv_response(f"{called} {PurePath(found.name).stem}", columns, cells)
